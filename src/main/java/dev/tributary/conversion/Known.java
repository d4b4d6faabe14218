package dev.tributary.conversion;

import dev.tributary.money.Money;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is stored under an event's id already. */
record Known(
        UUID id,
        EventKey key,
        Kind kind,
        Money amount,
        Status status,
        @Nullable Reason reason,
        int decision,
        List<Credit> credits) {
    static Known of(Draft draft) {
        return new Known(
                draft.id(),
                EventKey.of(draft.event()),
                draft.event().kind(),
                draft.event().amount(),
                draft.status(),
                draft.reason(),
                draft.number(),
                draft.credits());
    }

    /** What became of the event that told it first, as an answer to one that tells it again. */
    Outcome answer(Incoming event) {
        boolean same =
                event.kind() == kind && event.in(amount.currency()).amount().equals(amount);
        return new Outcome(
                id,
                key.programId(),
                kind,
                key.externalId(),
                status,
                reason,
                same ? Outcome.Repeat.SAME : Outcome.Repeat.DIFFERENT,
                decision,
                credits);
    }
}
