package dev.tributary.payout;

import dev.tributary.id.TypeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** What a provider knows a payout's attempts by: derived from the payout's id alone, so that no attempt can have another. */
public record PayoutKey(UUID payoutId) {
    private static final String PREFIX = "tributary-";

    /** For providers that take any text. */
    public String text() {
        return PREFIX + TypeId.PAYOUT.format(payoutId);
    }

    /** For providers that insist on a random UUID (version 4): as many bits of a hash of the text. */
    public UUID uuid() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
            ByteBuffer bits = ByteBuffer.wrap(hash);
            long high = bits.getLong() & ~0xF000L | 0x4000L;
            long low = bits.getLong() & ~(0xC0L << 56) | 0x80L << 56;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
