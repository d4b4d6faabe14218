package dev.tributary.conversion.attribution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A click as the database has it now.
 *
 * @param human whether a person made it
 * @param credited whether link, affiliate and program were active then
 * @param barred whether its affiliate earns nothing now
 */
record Seen(
        UUID clickId,
        UUID enrollmentId,
        UUID affiliateId,
        UUID linkId,
        String src,
        boolean human,
        boolean credited,
        boolean barred) {

    Candidate judged(Window window, Instant conversion) {
        Candidate candidate = new Candidate(clickId, enrollmentId, affiliateId, linkId, src, null, 0);
        return candidate.excludedBy(exclusion(window.holds(candidate.clickedAt(), conversion)));
    }

    private @Nullable Exclusion exclusion(boolean inWindow) {
        if (!human) return Exclusion.CLICK_NOT_HUMAN;
        if (!credited) return Exclusion.CLICK_NOT_CREDITED;
        if (!inWindow) return Exclusion.OUTSIDE_WINDOW;
        return barred ? Exclusion.AFFILIATE_SUSPENDED : null;
    }
}
