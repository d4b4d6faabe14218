package dev.tributary.page;

import dev.tributary.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The place in a list where its next page begins, opaque to callers: the last id, and an HMAC-SHA-256 cut to 128 bits over
 * it and the list's filter. So a cursor cannot be made up, nor taken to another list or filter.
 */
public final class Cursor {
    private static final int SIGNATURE = 16;
    private static final int LENGTH = 16 + SIGNATURE;

    private final SecretKeySpec key;

    /** @param key 32 bytes that every instance shares */
    public Cursor(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    String write(UUID last, String filter) {
        ByteBuffer out = ByteBuffer.allocate(LENGTH)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits())
                .put(signature(last, filter));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /** The last id of the page before; a {@code 400} where this cursor was not given out for this list and filter. */
    UUID read(String text, String filter) {
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (in.remaining() != LENGTH) throw refused();
            UUID last = new UUID(in.getLong(), in.getLong());
            byte[] signed = new byte[SIGNATURE];
            in.get(signed);
            if (!MessageDigest.isEqual(signed, signature(last, filter))) throw refused();
            return last;
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    private static Problem refused() {
        return Problem.field("cursor", "bad_cursor", "This cursor was not given out for this list and these filters");
    }

    private byte[] signature(UUID last, String filter) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((last + "\n").getBytes(StandardCharsets.US_ASCII));
            return java.util.Arrays.copyOf(mac.doFinal(filter.getBytes(StandardCharsets.UTF_8)), SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
