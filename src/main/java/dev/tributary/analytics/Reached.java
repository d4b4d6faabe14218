package dev.tributary.analytics;

/**
 * What an enrollment has brought of all time, by which tiers are reached.
 *
 * @param conversions those with a commission that stands
 * @param revenueMinor theirs less what was refunded, in minor units of the program's currency
 */
public record Reached(long conversions, long revenueMinor) {
    static final Reached NOTHING = new Reached(0, 0);

    public Reached {
        if (conversions < 0) throw new IllegalArgumentException("conversions are counted from 0: " + conversions);
    }
}
