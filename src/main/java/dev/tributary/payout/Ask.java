package dev.tributary.payout;

import java.util.Locale;

/** What a person has to decide about a payout before anything goes on. */
public enum Ask {
    /** Whether it may go out at all. */
    APPROVE,
    /** Whether what it was held for is settled. */
    HELD,
    /** It may have gone out, and the rail can neither be asked nor told twice. */
    DOUBT,
    /** The provider has none, and no longer knows the key: send again or give up. */
    ABSENT,
    /** The provider has it and cannot be asked how it ended. */
    CONFIRM,
    /** Our balance at the provider does not suffice. */
    OUT_OF_FUNDS,
    /** The rail refuses us; it must be set right before anything is sent. */
    RAIL_DOWN,
    /** The key was used with another body. */
    KEY_REUSED,
    /** The provider tells of another amount than was sent. */
    MISMATCH;

    /** The word in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
