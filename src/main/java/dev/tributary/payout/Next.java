package dev.tributary.payout;

import java.time.Instant;

/** What happens next to a payout. One that is not over always has something. */
public sealed interface Next {
    /** Claim it and send it, with the same key as ever. */
    record Send(Instant at) implements Next {}

    /** Ask the rail what became of it. */
    record LookUp(Instant at) implements Next {}

    /** Take an attempt without an answer as lost. */
    record GiveUpWaiting(Instant at) implements Next {}

    /** Open a task for a person. */
    record AskPerson(Ask ask) implements Next {}

    /** It is over. */
    record Nothing() implements Next {}
}
