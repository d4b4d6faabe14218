package dev.tributary.conversion.attribution;

import dev.tributary.id.Ids;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One click that was looked at, as it stood at the decision.
 *
 * @param excluded why it may not earn; null where it may
 * @param weightBps what it earned: 0 also where something stronger decided, or where the model gave it nothing
 */
public record Candidate(
        UUID clickId,
        UUID enrollmentId,
        UUID affiliateId,
        UUID linkId,
        String src,
        @Nullable Exclusion excluded,
        int weightBps) {

    /** When it was clicked, which its id says. */
    public Instant clickedAt() {
        return Ids.timeOf(clickId);
    }

    Candidate excludedBy(@Nullable Exclusion reason) {
        return new Candidate(clickId, enrollmentId, affiliateId, linkId, src, reason, 0);
    }

    Candidate weighing(int bps) {
        return new Candidate(clickId, enrollmentId, affiliateId, linkId, src, excluded, bps);
    }

    Winner winning(int bps) {
        return new Winner(enrollmentId, affiliateId, clickId, linkId, src, bps);
    }
}
