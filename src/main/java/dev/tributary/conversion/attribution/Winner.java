package dev.tributary.conversion.attribution;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One affiliate's part in a conversion; each affiliate has at most one.
 *
 * @param clickId the newest of its clicks that count; null where it was no click that decided
 * @param linkId of that click
 * @param src the source tag of that click, '' = none
 * @param weightBps above zero; all winners of a decision sum to 10,000
 */
public record Winner(
        UUID enrollmentId, UUID affiliateId, @Nullable UUID clickId, @Nullable UUID linkId, String src, int weightBps) {
    public Winner {
        if (weightBps < 1 || weightBps > Weights.WHOLE)
            throw new IllegalArgumentException("A weight is 1 to 10,000 basis points");
    }
}
