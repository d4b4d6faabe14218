package dev.tributary.analytics.projection;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.NavigableMap;

/**
 * How a day's share of earnings depends on the calendar: each day of the week has a share of its week, and each month a
 * factor to the year's mean, both drawn towards "all alike" as far as history is short.
 *
 * @param weekdays seven shares from Monday on, which sum to 1
 * @param months twelve factors from January on; all 1 where two whole years are not known
 */
record Season(double[] weekdays, double[] months, boolean yearly) {
    /** As many weeks of equal days are mixed in: a few good Sundays do not make a rule. */
    private static final double WEEKS_ALIKE = 4;
    /** By how much of the way a month's factor is believed. */
    private static final double BELIEVED = 0.5;

    private static final int MONTHS_NEEDED = 24;
    private static final int WEEK = 7;

    /**
     * @param first the first day of the history, {@code end} the day after its last
     * @param earned by day; what is absent is nothing
     */
    static Season of(NavigableMap<LocalDate, Long> earned, LocalDate first, LocalDate end) {
        double[] months = months(earned, first, end);
        boolean yearly = months.length > 0;
        double[] factors = yearly ? months : alike(12, 1);
        long weeks = ChronoUnit.DAYS.between(first, end) / WEEK;
        return new Season(weekdays(earned, factors, end.minusDays(weeks * WEEK), end, weeks), factors, yearly);
    }

    /** Of whole weeks, in which each day comes as often. */
    private static double[] weekdays(
            NavigableMap<LocalDate, Long> earned, double[] months, LocalDate first, LocalDate end, long weeks) {
        double[] sums = new double[WEEK];
        earned.subMap(first, true, end, false)
                .forEach((day, amount) -> sums[day.getDayOfWeek().ordinal()] +=
                        amount / months[day.getMonth().ordinal()]);
        double all = Arrays.stream(sums).sum();
        double[] shares = alike(WEEK, 1.0 / WEEK);
        if (all <= 0) return shares;
        for (int i = 0; i < WEEK; i++) shares[i] = (weeks * sums[i] / all + WEEKS_ALIKE / WEEK) / (weeks + WEEKS_ALIKE);
        return shares;
    }

    /** Of the last 24 whole months; none where the history is shorter or has a month of nothing. */
    private static double[] months(NavigableMap<LocalDate, Long> earned, LocalDate first, LocalDate end) {
        YearMonth last = YearMonth.from(end).minusMonths(1);
        YearMonth begin = last.minusMonths(MONTHS_NEEDED - 1L);
        if (begin.atDay(1).isBefore(first)) return new double[0];
        double[] factors = new double[12];
        for (int year = 0; year < 2; year++) {
            double[] means = new double[12];
            for (int i = 0; i < 12; i++) {
                YearMonth month = begin.plusMonths(year * 12L + i);
                means[month.getMonth().ordinal()] = sum(earned, month) / month.lengthOfMonth();
            }
            double mean = Arrays.stream(means).average().orElse(0);
            if (mean <= 0) return new double[0];
            for (int i = 0; i < 12; i++) factors[i] += (1 + BELIEVED * (means[i] / mean - 1)) / 2;
        }
        return factors;
    }

    private static double sum(NavigableMap<LocalDate, Long> earned, YearMonth month) {
        return earned.subMap(month.atDay(1), true, month.plusMonths(1).atDay(1), false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static double[] alike(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    double share(DayOfWeek day) {
        return weekdays[day.ordinal()];
    }

    double factor(Month month) {
        return months[month.ordinal()];
    }

    /** How much of a usual week the days from one to before another are. */
    double weeks(LocalDate from, LocalDate to) {
        double weeks = 0;
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1))
            weeks += share(day.getDayOfWeek()) * factor(day.getMonth());
        return weeks;
    }
}
