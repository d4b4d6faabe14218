package dev.tributary.ledger;

import java.util.Locale;

/** Why money moves. */
public enum EntryKind {
    /** Owed for a conversion, inside the refund window: expense to pending. */
    EARN,
    /** Taken back after a refund: pending or available to expense. */
    REVERSE,
    /** The refund window is over: pending to available. */
    RELEASE,
    /** Set aside for a payout: available to in transit. */
    RESERVE,
    /** The payout arrived: in transit to clearing, and to fees and withheld. */
    PAID,
    /** The payout failed or was canceled: in transit to available. */
    FAILED,
    /** The payout came back: clearing to available. */
    RETURNED,
    /** A person's correction, with a reason: expense to available or back. */
    ADJUST;

    /** As stored and as shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
