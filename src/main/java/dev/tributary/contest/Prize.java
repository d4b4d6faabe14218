package dev.tributary.contest;

/**
 * What one place wins.
 *
 * @param amountMinor minor units of the program's currency; 0 where it is something else than money
 * @param description for people; may be empty where it is money
 */
record Prize(long amountMinor, String description) {
    /** As much as a milestone's bonus may be. */
    static final long MOST_MONEY = 1_000_000_000_000L;

    static final int LONGEST = 500;
}
