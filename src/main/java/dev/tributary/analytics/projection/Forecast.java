package dev.tributary.analytics.projection;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Earnings of this month and the next three, by what was earned each day before today: weeks are freed of their season, a
 * {@link Level} is found in them, and the season is put back on the days to come. A matter of likelihoods, so it is reckoned
 * in floating point; what is shown is rounded to minor units and never booked.
 *
 * @param weeks whole weeks that were looked at
 * @param earningDays days of them on which anything was earned
 */
record Forecast(List<Part> months, int weeks, int earningDays, Season season, Level level) {
    /** Fewer weeks than this say next to nothing of how much weeks differ. */
    static final int FEWEST_WEEKS = 8;

    static final int FEWEST_EARNING_DAYS = 10;
    static final int MONTHS = 4;
    /** Two years of whole months, and the one that is running. */
    static final int MOST_DAYS = 731 + 31;

    private static final int WEEK = 7;

    /**
     * One month, in minor units.
     *
     * @param earned of it so far
     * @param low with {@code high}: between these in four cases of five
     */
    record Part(YearMonth month, long earned, long expected, long low, long high) {}

    /** How much there is to go by. */
    record Sample(int weeks, int earningDays) {
        boolean isEnough() {
            return weeks >= FEWEST_WEEKS && earningDays >= FEWEST_EARNING_DAYS;
        }
    }

    static Sample sample(NavigableMap<LocalDate, Long> earned, LocalDate today) {
        Optional<LocalDate> first = first(earned, today);
        if (first.isEmpty()) return new Sample(0, 0);
        int weeks = (int) ChronoUnit.DAYS.between(first.get(), today) / WEEK;
        return new Sample(weeks, earned.headMap(today, false).size());
    }

    /** Days before the first on which anything was earned are no history. */
    private static Optional<LocalDate> first(NavigableMap<LocalDate, Long> earned, LocalDate today) {
        return earned.headMap(today, false).entrySet().stream()
                .filter(day -> day.getValue() > 0)
                .map(java.util.Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Empty where there is too little to go by.
     *
     * @param earned by day; what is absent is nothing
     */
    static Optional<Forecast> of(NavigableMap<LocalDate, Long> earned, LocalDate today) {
        Sample sample = sample(earned, today);
        if (!sample.isEnough()) return Optional.empty();
        LocalDate first = today.minusDays((long) sample.weeks * WEEK);
        Season season = Season.of(earned, first(earned, today).orElseThrow(), today);
        Level level = Level.of(totals(earned, season, first, sample.weeks));
        List<Part> months = new ArrayList<>();
        double before = 0;
        for (int i = 0; i < MONTHS; i++) {
            YearMonth month = YearMonth.from(today).plusMonths(i);
            LocalDate from = i == 0 ? today : month.atDay(1);
            double count = season.weeks(from, month.plusMonths(1).atDay(1));
            long known = i == 0 ? sum(earned, month.atDay(1), today) : 0;
            long earnedNow = sum(earned, month.atDay(1), month.plusMonths(1).atDay(1));
            months.add(part(month, known, earnedNow, level, level.variance(before, count), count));
            before += count;
        }
        return Optional.of(new Forecast(List.copyOf(months), sample.weeks, sample.earningDays, season, level));
    }

    /** Today is still to come, so that the rest of it is not forgotten; what it has brought already is the least. */
    private static Part part(YearMonth month, long known, long earned, Level level, double variance, double count) {
        double mean = Math.max(0, level.mean()) * count;
        double reach = level.reach(variance);
        return new Part(
                month,
                earned,
                Math.max(earned, known + Math.round(mean)),
                Math.max(earned, known + Math.round(Math.max(0, mean - reach))),
                Math.max(earned, known + Math.round(mean + reach)));
    }

    /** Of whole weeks, each day freed of what its month is known for. */
    private static double[] totals(NavigableMap<LocalDate, Long> earned, Season season, LocalDate first, int weeks) {
        double[] totals = new double[weeks];
        earned.subMap(first, true, first.plusDays((long) weeks * WEEK), false)
                .forEach((day, amount) -> totals[(int) ChronoUnit.DAYS.between(first, day) / WEEK] +=
                        amount / season.factor(day.getMonth()));
        return totals;
    }

    private static long sum(NavigableMap<LocalDate, Long> earned, LocalDate from, LocalDate to) {
        return earned.subMap(from, true, to, false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
