package dev.tributary.payout.tax;

/** How an affiliate's tax form stands. */
public enum Paper {
    MISSING,
    EXPIRED,
    /** Given and signed; a person may still have to look at it. */
    GIVEN,
    VERIFIED
}
