package dev.tributary.click;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Clicks as journal records: a version byte, a byte of flags, the ids, then each text as a two-byte length and UTF-8.
 *
 * <p>The version is that of the layout. A release reads its own and the one before, so a journal survives an upgrade.
 */
final class ClickCodec {
    private static final byte VERSION = 1;
    private static final int TEXTS = 18;
    /** No text is longer: request lines and headers are bounded well below. */
    private static final int TEXT_LIMIT = 16_383;

    private static final int HAS_VISITOR = 1;
    private static final int RETURNING = 2;
    private static final int CREDITED = 4;
    private static final int SCRIPT = 8;
    private static final int PREFETCH = 16;
    private static final int HEAD = 32;

    private ClickCodec() {}

    static byte[] encode(Click click) {
        Writer out = new Writer(sizeBound(click));
        out.put(VERSION);
        out.put((byte) flags(click));
        out.put(click.id());
        out.put(click.linkId());
        out.put(click.programId());
        out.put(click.affiliateId());
        if (click.visitorId() != null) out.put(click.visitorId());
        out.put(click.ip());
        out.put(click.country());
        out.put(click.userAgent());
        out.put(click.acceptLanguage());
        out.put(click.referrer());
        out.put(click.landingPage());
        out.put(click.src());
        for (int i = 0; i < 5; i++) out.put(click.subs().get(i));
        out.put(click.externalClickId());
        out.put(click.fetchDest());
        out.put(click.fetchMode());
        out.put(click.fetchSite());
        out.put(click.adParams());
        return out.bytes();
    }

    private static int flags(Click click) {
        return (click.visitorId() != null ? HAS_VISITOR : 0)
                | (click.returning() ? RETURNING : 0)
                | (click.credited() ? CREDITED : 0)
                | (click.origin() == Click.Origin.SCRIPT ? SCRIPT : 0)
                | (click.intent() == Click.Intent.PREFETCH ? PREFETCH : 0)
                | (click.intent() == Click.Intent.HEAD ? HEAD : 0);
    }

    /** Three bytes a char is the most that UTF-8 takes. */
    private static int sizeBound(Click c) {
        int chars = c.ip().length()
                + c.country().length()
                + c.userAgent().length()
                + c.acceptLanguage().length();
        chars += c.referrer().length()
                + c.landingPage().length()
                + c.src().length()
                + c.externalClickId().length();
        chars += c.fetchDest().length()
                + c.fetchMode().length()
                + c.fetchSite().length()
                + c.adParams().length();
        for (String sub : c.subs()) chars += sub.length();
        return 2 + 5 * 16 + 2 * TEXTS + 3 * chars;
    }

    /** The click again; an unknown version or a cut-off record is an {@link IllegalArgumentException}. */
    static Click decode(byte[] record) {
        try {
            ByteBuffer in = ByteBuffer.wrap(record);
            byte version = in.get();
            if (version != VERSION) throw new IllegalArgumentException("Unknown record version " + version);
            int flags = in.get();
            return new Click(
                    id(in),
                    id(in),
                    id(in),
                    id(in),
                    (flags & HAS_VISITOR) != 0 ? id(in) : null,
                    (flags & RETURNING) != 0,
                    (flags & CREDITED) != 0,
                    (flags & SCRIPT) != 0 ? Click.Origin.SCRIPT : Click.Origin.REDIRECT,
                    intent(flags),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    List.of(text(in), text(in), text(in), text(in), text(in)),
                    text(in),
                    text(in),
                    text(in),
                    text(in),
                    text(in));
        } catch (java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException("The record is cut off", e);
        }
    }

    /** The id alone: it stands at a fixed place in every version, so even a record that cannot be read keeps its name. */
    static @Nullable UUID idOf(byte[] record) {
        return record.length < 18 ? null : id(ByteBuffer.wrap(record, 2, 16));
    }

    private static Click.Intent intent(int flags) {
        if ((flags & HEAD) != 0) return Click.Intent.HEAD;
        return (flags & PREFETCH) != 0 ? Click.Intent.PREFETCH : Click.Intent.VISIT;
    }

    private static UUID id(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static String text(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length == 0) return "";
        if (length > in.remaining()) throw new IllegalArgumentException("The record is cut off");
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    /** A growing-free byte array with the two encodings that are needed. */
    private static final class Writer {
        private final byte[] bytes;
        private int at;

        Writer(int bound) {
            bytes = new byte[bound];
        }

        void put(byte value) {
            bytes[at++] = value;
        }

        void put(UUID id) {
            put(id.getMostSignificantBits());
            put(id.getLeastSignificantBits());
        }

        private void put(long value) {
            for (int shift = 56; shift >= 0; shift -= 8) bytes[at++] = (byte) (value >>> shift);
        }

        void put(String whole) {
            String text = whole.length() > TEXT_LIMIT ? whole.substring(0, TEXT_LIMIT) : whole;
            int start = at + 2;
            int end = start;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= 128) {
                    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                    System.arraycopy(encoded, 0, bytes, start, encoded.length);
                    end = start + encoded.length;
                    break;
                }
                bytes[end++] = (byte) c;
            }
            bytes[at] = (byte) (end - start >>> 8);
            bytes[at + 1] = (byte) (end - start);
            at = end;
        }

        byte[] bytes() {
            return java.util.Arrays.copyOf(bytes, at);
        }
    }
}
