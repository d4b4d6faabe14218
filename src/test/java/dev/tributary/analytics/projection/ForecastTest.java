package dev.tributary.analytics.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series whose future is known, and many whose future is drawn. */
class ForecastTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 10);

    @Test
    void what_is_always_the_same_goes_on_and_is_certain() {
        Forecast forecast = Forecast.of(series(200, day -> 1_000), TODAY).orElseThrow();

        assertThat(forecast.months())
                .extracting(Forecast.Part::month)
                .containsExactly(
                        YearMonth.of(2026, 11), YearMonth.of(2026, 12), YearMonth.of(2027, 1), YearMonth.of(2027, 2));
        assertThat(forecast.months())
                .extracting(Forecast.Part::expected)
                .containsExactly(30_000L, 31_000L, 31_000L, 28_000L);
        assertThat(forecast.months()).allMatch(part -> part.low() == part.expected() && part.high() == part.expected());
        assertThat(forecast.months().get(0).earned()).isEqualTo(9_000);
        assertThat(forecast.weeks()).isEqualTo(28);
    }

    @Test
    void a_month_with_more_of_the_good_days_is_a_better_month() {
        Forecast forecast = Forecast.of(series(364, day -> day.getDayOfWeek() == DayOfWeek.FRIDAY ? 70_000 : 0), TODAY)
                .orElseThrow();

        // January 2027 has five Fridays, February four; some of the week is believed to be alike.
        assertThat(forecast.months().get(2).expected()).isBetween(330_000L, 350_000L);
        assertThat(forecast.months().get(3).expected()).isBetween(280_000L, 282_000L);
        assertThat(forecast.season().share(DayOfWeek.FRIDAY)).isGreaterThan(0.93);
    }

    @Test
    void earnings_that_have_doubled_are_projected_at_their_new_pace() {
        LocalDate change = TODAY.minusWeeks(8);
        Random random = new Random(3);
        Forecast forecast = Forecast.of(
                        series(300, day -> (day.isBefore(change) ? 1_000 : 2_000) + random.nextInt(200)), TODAY)
                .orElseThrow();

        assertThat(forecast.months().get(1).expected()).isBetween(60_000L, 70_000L);
        assertThat(forecast.level().walk()).isPositive();
    }

    @Test
    void two_years_tell_what_december_is_worth() {
        ToLongFunction<LocalDate> shop = day -> day.getMonth() == Month.DECEMBER ? 3_000 : 1_000;
        Forecast two = Forecast.of(series(Forecast.MOST_DAYS, shop), TODAY).orElseThrow();
        Forecast one = Forecast.of(series(400, shop), TODAY).orElseThrow();

        assertThat(two.season().yearly()).isTrue();
        assertThat(two.months().get(1).expected())
                .isGreaterThan(3 * two.months().get(2).expected() / 2);
        assertThat(one.season().yearly()).isFalse();
        assertThat(one.months().get(1).expected()).isLessThan(40_000);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "55, 7, 55", "400, 57, 9"})
    void too_little_is_said_to_be_too_little(int days, int weeks, int earningDays) {
        TreeMap<LocalDate, Long> earned = series(days, day -> 500);
        if (earningDays < days) {
            LocalDate first = earned.firstKey();
            earned.keySet().removeIf(day -> day.isAfter(first.plusDays(earningDays - 1L)));
        }

        assertThat(Forecast.sample(earned, TODAY)).isEqualTo(new Forecast.Sample(weeks, earningDays));
        assertThat(Forecast.of(earned, TODAY)).isEmpty();
    }

    @Test
    void what_this_month_has_brought_already_is_the_least_that_it_brings() {
        TreeMap<LocalDate, Long> earned = series(100, day -> 100);
        earned.put(TODAY, 1_000_000L);
        Forecast.Part month = Forecast.of(earned, TODAY).orElseThrow().months().get(0);

        assertThat(month.earned()).isEqualTo(1_000_900);
        assertThat(month.low()).isEqualTo(1_000_900);
        assertThat(month.high()).isEqualTo(1_000_900);
    }

    /**
     * Of 400 affiliates each, whose sales are drawn: how often the month after next is between low and high. 80 % is meant;
     * the normal distribution is rough where sales are few.
     */
    @ParameterizedTest
    @CsvSource({"30, 0, 72, 88", "30, 0.05, 70, 90", "4, 0, 72, 90", "0.5, 0, 70, 92", "8, 0.03, 70, 90"})
    void four_of_five_outcomes_are_within(double salesADay, double walk, int least, int most) {
        int series = 400;
        int within = 0;
        int judged = 0;
        for (int seed = 0; seed < series; seed++) {
            TreeMap<LocalDate, Long> drawn = drawn(new Random(seed), salesADay, walk);
            TreeMap<LocalDate, Long> known = new TreeMap<>(drawn.headMap(TODAY, false));
            var forecast = Forecast.of(known, TODAY);
            if (forecast.isEmpty()) continue;
            Forecast.Part next = forecast.get().months().get(1);
            long truth = drawn.subMap(next.month().atDay(1), true, next.month().atEndOfMonth(), true).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            judged++;
            if (truth >= next.low() && truth <= next.high()) within++;
        }

        assertThat(judged).isGreaterThan(series * 9 / 10);
        assertThat(100.0 * within / judged).isBetween((double) least, (double) most);
    }

    /** Sales are Poisson, their commissions exponential; Sundays are worth half; the level walks from week to week. */
    private static TreeMap<LocalDate, Long> drawn(Random random, double salesADay, double walk) {
        TreeMap<LocalDate, Long> drawn = new TreeMap<>();
        double level = salesADay;
        for (LocalDate day = TODAY.minusWeeks(40); day.isBefore(TODAY.plusMonths(3)); day = day.plusDays(1)) {
            if (day.getDayOfWeek() == DayOfWeek.MONDAY) level *= Math.exp(walk * random.nextGaussian());
            double expected = day.getDayOfWeek() == DayOfWeek.SUNDAY ? level / 2 : level;
            long amount = 0;
            for (int i = poisson(random, expected); i > 0; i--)
                amount += Math.round(-500 * Math.log(1 - random.nextDouble()));
            if (amount > 0) drawn.put(day, amount);
        }
        return drawn;
    }

    private static int poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) count++;
        return count;
    }

    /** So many days before today. */
    private static TreeMap<LocalDate, Long> series(int days, ToLongFunction<LocalDate> amount) {
        TreeMap<LocalDate, Long> series = new TreeMap<>();
        for (LocalDate day = TODAY.minusDays(days); day.isBefore(TODAY); day = day.plusDays(1))
            if (amount.applyAsLong(day) != 0) series.put(day, amount.applyAsLong(day));
        return series;
    }
}
