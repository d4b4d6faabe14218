package dev.tributary.contest;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * What somebody has in a contest.
 *
 * @param rank shared by those who have the same value: 1, 2, 2, 4
 * @param reachedAt when the last of what counts happened
 */
record Score(UUID affiliateId, UUID enrollmentId, int rank, long value, Instant reachedAt) {
    /** From the first down; of those with the same value, who had it first, and the older account where that is the same too. */
    static final Comparator<Score> ORDER = Comparator.comparingLong(Score::value)
            .reversed()
            .thenComparing(Score::reachedAt)
            .thenComparing(score -> score.affiliateId().toString());
}
