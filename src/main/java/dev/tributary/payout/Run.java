package dev.tributary.payout;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One looking-through of a program for those who are to be paid.
 *
 * @param kind {@code monthly}, {@code daily} or {@code manual}
 * @param period what it is for; empty for one by hand
 * @param state {@code running}, {@code done} or {@code failed}: a failed one goes on where it stopped when it is started again
 * @param cursor the last enrollment that was looked at
 */
public record Run(
        UUID id,
        UUID programId,
        String kind,
        Optional<String> period,
        String state,
        String startedBy,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<UUID> cursor,
        RunSheet sheet,
        Optional<String> message) {
    static final String MANUAL = "manual";

    boolean isDaily() {
        return kind.equals(Period.Kind.DAILY.word());
    }
}
