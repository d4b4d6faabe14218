package dev.tributary.conversion;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The share of one enrollment in a conversion.
 *
 * @param linkId the link of the click that counts, or null: a code or a known customer counted
 * @param src the click's source tag, or empty
 * @param weightBps in basis points; those of one conversion sum to exactly 10,000
 */
public record Credit(UUID enrollmentId, UUID affiliateId, @Nullable UUID linkId, String src, int weightBps) {
    public static final int WHOLE = 10_000;

    public Credit {
        if (weightBps < 0 || weightBps > WHOLE) throw new IllegalArgumentException("Not a share: " + weightBps);
    }
}
