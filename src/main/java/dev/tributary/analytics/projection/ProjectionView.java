package dev.tributary.analytics.projection;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.Subject;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is likely to be earned, and by what reasoning. */
@Schema(name = "Projection")
record ProjectionView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        nullable = true,
                        examples = "aff_01h455vb4pex5vsknk084sn02r",
                        description = "null: all of the program's")
                @Nullable
                String affiliateId,
        @Schema(examples = "Europe/Berlin") String timeZone,
        @Schema(examples = "2026-11-21", description = "The day on which it was made") LocalDate asOf,
        @Schema(
                        examples = "projected",
                        enumeration = {"projected", "not_enough_history"})
                String status,
        @Schema(examples = "Earnings of the last 40 weeks ...", description = "How it came about, for people")
                String explanation,
        Sample sample,
        @Schema(nullable = true, description = "null: not enough history") @Nullable Seasonality season,
        @Schema(examples = "80", description = "Of outcomes are between low and high") int intervalPercent,
        @Schema(description = "This month and the next three; none without enough history") List<MonthLine> months) {
    private static final int PERCENT = 80;
    private static final int WHOLE = 10_000;

    static final Csv<MonthLine> CSV = new Csv<>(
            List.of("month", "earned", "expected", "low", "high", "currency"),
            line -> List.of(
                    line.month,
                    Long.toString(line.earned.amount()),
                    Long.toString(line.expected.amount()),
                    Long.toString(line.low.amount()),
                    Long.toString(line.high.amount()),
                    line.earned.currency()));

    ProjectionView {
        months = List.copyOf(months);
    }

    /** By what it was made. */
    @Schema(name = "ProjectionSample")
    record Sample(
            @Schema(examples = "2025-11-21", description = "First day that was looked at") LocalDate from,
            @Schema(examples = "40", description = "Whole weeks since the first earnings") int weeks,
            @Schema(examples = "8") int weeksNeeded,
            @Schema(examples = "93", description = "Days with earnings") int earningDays,
            @Schema(examples = "10") int earningDaysNeeded) {}

    /** What days of the week and months are worth. */
    @Schema(name = "ProjectionSeason")
    record Seasonality(
            @Schema(description = "Of a week, in basis points, from Monday on") List<Long> weekdaysBps,
            @Schema(examples = "false", description = "Whether two whole years are known, so that months count")
                    boolean yearly,
            @Schema(description = "Of a usual month, in basis points, from January on") List<Long> monthsBps) {
        static Seasonality of(Season season) {
            return new Seasonality(bps(season.weekdays()), season.yearly(), bps(season.months()));
        }

        private static List<Long> bps(double[] shares) {
            return Arrays.stream(shares)
                    .mapToObj(share -> Math.round(share * WHOLE))
                    .toList();
        }
    }

    /** One month. */
    @Schema(name = "ProjectedMonth")
    record MonthLine(
            @Schema(examples = "2026-11") String month,
            @Schema(description = "So far") Money earned,
            @Schema(description = "What is likely by its end") Money expected,
            Money low,
            Money high) {}

    static ProjectionView of(
            Subject subject, Days days, LocalDate today, Forecast.Sample sample, Optional<Forecast> forecast) {
        return new ProjectionView(
                subject.publicProgramId(),
                subject.affiliateId() == null ? null : TypeId.AFFILIATE.format(subject.affiliateId()),
                subject.zone().getId(),
                today,
                forecast.isPresent() ? "projected" : "not_enough_history",
                forecast.map(ProjectionView::explained).orElseGet(() -> missing(sample)),
                new Sample(
                        days.from(),
                        sample.weeks(),
                        Forecast.FEWEST_WEEKS,
                        sample.earningDays(),
                        Forecast.FEWEST_EARNING_DAYS),
                forecast.map(found -> Seasonality.of(found.season())).orElse(null),
                PERCENT,
                forecast.map(found -> lines(found, subject.currency())).orElse(List.of()));
    }

    private static List<MonthLine> lines(Forecast forecast, String currency) {
        return forecast.months().stream()
                .map(part -> new MonthLine(
                        part.month().toString(),
                        new Money(part.earned(), currency),
                        new Money(part.expected(), currency),
                        new Money(part.low(), currency),
                        new Money(part.high(), currency)))
                .toList();
    }

    private static String explained(Forecast forecast) {
        String pace = forecast.level().walk() == 0
                ? "All of these weeks count alike, because no change of pace shows in them."
                : "Recent weeks count more, because the pace has changed.";
        String year = forecast.season().yearly()
                ? "Months are weighed by the last two years."
                : "A yearly season is not looked for: that takes two whole years.";
        return ("Earnings of the last %d weeks, weighed by the day of the week and carried on at their present pace. %s %s"
                        + " Four of five outcomes are between low and high, if the future is like these weeks.")
                .formatted(forecast.weeks(), pace, year);
    }

    private static String missing(Forecast.Sample sample) {
        return "Not enough history: %d whole weeks since the first earnings, of %d that are needed; earnings on %d days, of %d."
                .formatted(sample.weeks(), Forecast.FEWEST_WEEKS, sample.earningDays(), Forecast.FEWEST_EARNING_DAYS);
    }
}
