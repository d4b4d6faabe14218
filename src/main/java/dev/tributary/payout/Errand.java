package dev.tributary.payout;

import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Instruction;
import java.util.List;
import java.util.UUID;

/** What a claim sends somebody out for, once it has committed. */
sealed interface Errand {
    Instruction instruction();

    default UUID payoutId() {
        return instruction().payoutId();
    }

    /** Send it, as the attempt with this number. */
    record Send(Instruction instruction, int attempt, Deadline deadline) implements Errand {}

    /** Ask what became of it. */
    record LookUp(Instruction instruction, List<String> transferIds) implements Errand {}
}
