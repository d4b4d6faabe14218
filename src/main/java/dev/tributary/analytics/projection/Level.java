package dev.tributary.analytics.projection;

/**
 * What one more week is likely to bring: the local level model, in which weeks scatter about a level that itself walks
 * (Harvey, Forecasting, Structural Time Series Models and the Kalman Filter, 1989, ch. 4). Its forecast is simple
 * exponential smoothing; how fast the level walks is found by maximum likelihood among a few choices.
 *
 * @param mean of a coming week
 * @param noise variance of a week about the level
 * @param walk variance of the level's step from week to week
 * @param doubt variance of what the level is believed to be
 * @param weeks by which it is known
 */
record Level(double mean, double noise, double walk, double doubt, int weeks) {
    /** Of the walk's variance to the noise's: from a level that stands still to one that forgets within two weeks. */
    private static final double[] WALKS = {0, 0.003, 0.01, 0.03, 0.1, 0.3, 1};
    /** The normal distribution's upper tenth: 80 % are between this and its negative. */
    private static final double TENTH = 1.2815515655446004;

    /** @param totals of weeks, the oldest first, three at least */
    static Level of(double[] totals) {
        Level best = null;
        double likeliest = Double.NEGATIVE_INFINITY;
        for (double walk : WALKS) {
            double[] likelihood = new double[1];
            Level found = filter(totals, walk, likelihood);
            if (best != null && likelihood[0] <= likeliest) continue;
            best = found;
            likeliest = likelihood[0];
        }
        if (best == null) throw new IllegalStateException("There is a choice of walks");
        return best;
    }

    /** The Kalman filter in units of the noise's variance, which comes out of it at the end. */
    private static Level filter(double[] totals, double walk, double[] likelihood) {
        double level = totals[0];
        double doubt = 1;
        double squares = 0;
        double logs = 0;
        for (int i = 1; i < totals.length; i++) {
            double before = doubt + walk;
            double spread = before + 1;
            double surprise = totals[i] - level;
            double gain = before / spread;
            level += gain * surprise;
            doubt = before * (1 - gain);
            squares += surprise * surprise / spread;
            logs += Math.log(spread);
        }
        int surprises = totals.length - 1;
        double noise = squares / surprises;
        likelihood[0] = noise == 0 ? -logs : -surprises * Math.log(noise) - logs;
        return new Level(level, noise, walk * noise, doubt * noise, totals.length);
    }

    /**
     * Variance of the sum of coming weeks: what scatters, what is not known of the level, and how far it walks.
     *
     * @param from weeks from now on until they begin
     * @param count how many there are; parts of weeks count
     */
    double variance(double from, double count) {
        double start = doubt + from * walk;
        return count * noise + count * count * start + walk * count * (count + 1) * (2 * count + 1) / 6;
    }

    /** How far 80 % of outcomes are from the mean at most, for a variance: Student's t, because the noise is estimated. */
    double reach(double variance) {
        double freedom = weeks - 1.0;
        double tenth = TENTH + (TENTH * TENTH * TENTH + TENTH) / (4 * freedom);
        return tenth * Math.sqrt(variance);
    }
}
