package dev.tributary.analytics.insight;

/** Whether two figures differ by more than chance: approximations by the normal distribution, so counts must not be small. */
final class Significance {
    /** How seldom chance alone may make a rule speak. */
    static final double CHANCE = 0.01;
    /** Of both counts together: below this the approximation says nothing. */
    static final long FEWEST_EVENTS = 20;
    /** Visitors of each part whose rates are compared. */
    static final long FEWEST_VISITORS = 100;
    /** Of those who did what the rate counts, in both parts together. */
    static final long FEWEST_SUCCESSES = 10;

    private Significance() {}

    /**
     * Of two counts in times of one length, each Poisson: given their sum, the first is binomial with one half. With
     * Yates's correction, because counts are whole.
     */
    static double ofCounts(long now, long before) {
        long sum = now + before;
        if (sum < FEWEST_EVENTS) return 0;
        double difference = Math.max(0, Math.abs(now - before) - 1);
        return Math.copySign(difference / Math.sqrt(sum), now - before);
    }

    /** Of two rates: the pooled two-proportion test. What happens more often than there are visitors is no rate. */
    static double ofRates(long successes, long visitors, long otherSuccesses, long otherVisitors) {
        long all = visitors + otherVisitors;
        long made = successes + otherSuccesses;
        if (visitors < FEWEST_VISITORS || otherVisitors < FEWEST_VISITORS || made < FEWEST_SUCCESSES) return 0;
        if (successes > visitors || otherSuccesses > otherVisitors || made >= all) return 0;
        double pooled = made / (double) all;
        double spread = Math.sqrt(pooled * (1 - pooled) * (1.0 / visitors + 1.0 / otherVisitors));
        return (successes / (double) visitors - otherSuccesses / (double) otherVisitors) / spread;
    }

    /** Whether that is rarer than {@link #CHANCE}, given that as many were compared at once (Bonferroni). */
    static boolean isNotable(double z, int compared) {
        return chance(z) <= CHANCE / Math.max(1, compared);
    }

    /** How likely chance alone makes it as large, either way. */
    static double chance(double z) {
        return erfc(Math.abs(z) / Math.sqrt(2));
    }

    /** Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: within 1.5e-7. */
    private static double erfc(double x) {
        double t = 1 / (1 + 0.3275911 * x);
        double series =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return series * Math.exp(-x * x);
    }
}
