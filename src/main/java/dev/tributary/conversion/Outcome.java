package dev.tributary.conversion;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event.
 *
 * @param reason why it was rejected; null otherwise
 * @param repeat whether it was known before, and then whether it was told as now
 * @param decision the number of the decision that counts, 0 before the first
 * @param credits who is credited
 */
public record Outcome(
        UUID id,
        UUID programId,
        Kind kind,
        String externalId,
        Status status,
        @Nullable Reason reason,
        Repeat repeat,
        int decision,
        List<Credit> credits) {

    /** How an event relates to what is stored under its id. */
    public enum Repeat {
        NEW,
        /** The same event once more: nothing changed. */
        SAME,
        /** Another kind, amount or currency under an id that is taken: nothing changed, and somebody should know. */
        DIFFERENT
    }

    public Outcome {
        credits = List.copyOf(credits);
    }
}
