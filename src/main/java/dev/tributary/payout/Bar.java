package dev.tributary.payout;

import java.util.Locale;

/** Why an enrollment is not paid now. Each is said to the affiliate, so that nobody has to guess. */
public enum Bar {
    /** Not approved in the program, or no longer. */
    NOT_ENROLLED,
    /** The affiliate may not act now. */
    SUSPENDED,
    /** A person or the fraud room holds their money. */
    HELD,
    /** The fraud score is too high to let money go. */
    HIGH_RISK,
    /** The program owes nothing, or they owe the program. */
    NOTHING_DUE,
    UNDER_MINIMUM,
    /** Fees and withheld tax leave nothing to send. */
    NOTHING_LEFT,
    NO_METHOD,
    /** The rail has not accepted the destination yet, or no longer does. */
    METHOD_NOT_READY,
    /** The destination was changed a short while ago. */
    COOLING,
    /** The destination takes another currency; nothing is converted silently. */
    OTHER_CURRENCY,
    TAX_FORM_MISSING,
    TAX_FORM_EXPIRED,
    /** Another payout of the enrollment is under way. */
    PAYOUT_OPEN;

    /** The word in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
