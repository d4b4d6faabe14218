package dev.tributary.payout;

/**
 * A payout that is to be made, with what it was measured by.
 *
 * @param payout as it stands when it is made: requested, or approved at once
 * @param minimumMinor what had to be available
 * @param paper {@code not_needed}, {@code given} or {@code verified}
 */
record NewPayout(StoredPayout payout, long minimumMinor, String paper) {}
