package dev.tributary.analytics.report;

import dev.tributary.analytics.figure.Figures;
import dev.tributary.page.Csv;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How many go on from each step to the next. Steps are counted in the time in which they happened, so that a sale of today
 * stands beside the clicks of today, and a step may be larger than the one before.
 */
@Schema(name = "FunnelReport")
record FunnelReport(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(nullable = true, examples = "aff_01h455vb4pex5vsknk084sn02r", description = "null: the whole program")
                @Nullable
                String affiliateId,
        @Schema(nullable = true, examples = "source", description = "What it is narrowed to; null: nothing") @Nullable
                String cut,
        @Schema(nullable = true, examples = "newsletter", description = "Its value; empty where there is none")
                @Nullable
                String value,
        @Schema(examples = "2026-11-01") LocalDate from,
        @Schema(examples = "2026-12-01", description = "The day after the last") LocalDate to,
        @Schema(examples = "2026-10-01") LocalDate previousFrom,
        @Schema(examples = "2026-11-01", description = "The day after the last") LocalDate previousTo,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        List<Step> steps) {
    FunnelReport {
        steps = List.copyOf(steps);
    }

    /** One step. */
    @Schema(name = "FunnelStep")
    record Step(
            @Schema(examples = "leads", description = "clicks, uniques, leads, sales or repeat_sales") String step,
            @Schema(examples = "40") long count,
            @Schema(nullable = true, examples = "500", description = "Of 10,000 of the step before; null without any")
                    @Nullable
                    Long ofStepBeforeBps,
            @Schema(nullable = true, examples = "400", description = "Of 10,000 clicks; null without any") @Nullable
                    Long ofClicksBps,
            @Schema(examples = "32", description = "In the time before") long previousCount,
            @Schema(nullable = true, examples = "450") @Nullable Long previousOfStepBeforeBps,
            @Schema(examples = "8") long change,
            @Schema(
                            nullable = true,
                            examples = "2500",
                            description = "2,500 is a quarter more; null: there was nothing")
                    @Nullable
                    Long changeBps) {}

    static final Csv<Step> CSV = new Csv<>(
            List.of(
                    "step",
                    "count",
                    "ofStepBeforeBps",
                    "ofClicksBps",
                    "previousCount",
                    "previousOfStepBeforeBps",
                    "change",
                    "changeBps"),
            row -> List.of(
                    row.step,
                    Long.toString(row.count),
                    Cells.number(row.ofStepBeforeBps),
                    Cells.number(row.ofClicksBps),
                    Long.toString(row.previousCount),
                    Cells.number(row.previousOfStepBeforeBps),
                    Long.toString(row.change),
                    Cells.number(row.changeBps)));

    static FunnelReport of(Ground ground, Span span, @Nullable Cut cut, @Nullable String value, Compared sums) {
        return new FunnelReport(
                ground.program(),
                ground.affiliate(),
                cut == null ? null : cut.word(),
                value,
                span.from(),
                span.to(),
                span.before(),
                span.until(),
                ground.zone().getId(),
                steps(sums));
    }

    /** The steps of these sums. */
    static List<Step> steps(Compared sums) {
        List<String> names = List.of("clicks", "uniques", "leads", "sales", "repeat_sales");
        List<Long> now = counts(sums.now());
        List<Long> before = counts(sums.before());
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            boolean first = i == 0;
            steps.add(new Step(
                    names.get(i),
                    now.get(i),
                    first ? null : Rates.bps(now.get(i), now.get(i - 1)),
                    Rates.bps(now.get(i), now.get(0)),
                    before.get(i),
                    first ? null : Rates.bps(before.get(i), before.get(i - 1)),
                    now.get(i) - before.get(i),
                    Rates.change(before.get(i), now.get(i))));
        }
        return steps;
    }

    private static List<Long> counts(Figures figures) {
        return List.of(figures.clicks(), figures.uniques(), figures.leads(), figures.sales(), figures.repeatSales());
    }
}
