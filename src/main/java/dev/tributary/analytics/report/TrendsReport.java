package dev.tributary.analytics.report;

import dev.tributary.analytics.figure.Figures;
import dev.tributary.page.Csv;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Figures along a time, and how they compare with the time before.
 *
 * @param data every hour, day, week or month up to now, also those in which nothing happened
 * @param previous the same of the days compared with
 */
@Schema(name = "TrendsReport")
record TrendsReport(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(nullable = true, examples = "aff_01h455vb4pex5vsknk084sn02r", description = "null: the whole program")
                @Nullable
                String affiliateId,
        @Schema(examples = "day") String groupBy,
        @Schema(examples = "2026-11-01") LocalDate from,
        @Schema(examples = "2026-12-01", description = "The day after the last") LocalDate to,
        @Schema(examples = "2026-10-01") LocalDate previousFrom,
        @Schema(examples = "2026-11-01", description = "The day after the last") LocalDate previousTo,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        @Schema(examples = "EUR", description = "Of the amounts in `changes`") String currency,
        List<Point> data,
        List<Point> previous,
        @Schema(description = "The sums of both times, figure by figure") List<Change> changes) {
    TrendsReport {
        data = List.copyOf(data);
        previous = List.copyOf(previous);
        changes = List.copyOf(changes);
    }

    /** One hour, day, week or month; at the ends only the part that was asked for. */
    @Schema(name = "TrendsPoint")
    record Point(
            @Schema(
                            examples = "2026-11-20",
                            description = "The hour's beginning (UTC), the day, the week's Monday, or the month")
                    String key,
            ReportFigures figures) {}

    /** One figure in both times. */
    @Schema(name = "TrendsChange")
    record Change(
            @Schema(examples = "sales", description = "As figures are named; amounts are in minor units") String metric,
            @Schema(examples = "25") long value,
            @Schema(examples = "20") long previous,
            @Schema(examples = "5") long change,
            @Schema(
                            nullable = true,
                            examples = "2500",
                            description = "2,500 is a quarter more; null: there was nothing")
                    @Nullable
                    Long changeBps) {
        static Change of(String metric, long before, long now) {
            return new Change(metric, now, before, now - before, Rates.change(before, now));
        }
    }

    static final Csv<Point> CSV = new Csv<>(
            Cells.join(List.of("key"), Cells.FIGURES),
            point -> Cells.join(List.of(point.key), Cells.figures(point.figures)));

    static List<Change> changes(Figures before, Figures now) {
        return List.of(
                Change.of("clicks", before.clicks(), now.clicks()),
                Change.of("uniques", before.uniques(), now.uniques()),
                Change.of("leads", before.leads(), now.leads()),
                Change.of("sales", before.sales(), now.sales()),
                Change.of("repeatSales", before.repeatSales(), now.repeatSales()),
                Change.of("revenue", before.revenue(), now.revenue()),
                Change.of("refunds", before.refunds(), now.refunds()),
                Change.of("refunded", before.refunded(), now.refunded()),
                Change.of("churns", before.churns(), now.churns()),
                Change.of("commission", before.commission(), now.commission()),
                Change.of("commissions", before.commissions(), now.commissions()),
                Change.of("reversed", before.reversed(), now.reversed()),
                Change.of("paid", before.paid(), now.paid()));
    }
}
