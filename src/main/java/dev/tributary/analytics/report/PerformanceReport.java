package dev.tributary.analytics.report;

import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A program's affiliates, ranked.
 *
 * @param to the last day it tells of is the one before
 * @param ranked how many have the sample, shown or not
 * @param asOf when it was computed: a minute ago, or longer where nobody asked since
 */
@Schema(name = "PerformanceReport")
record PerformanceReport(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "2026-11-01") LocalDate from,
        @Schema(examples = "2026-11-22", description = "The day after the last") LocalDate to,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        @Schema(examples = "quality") String sort,
        @Schema(
                        examples = "5",
                        description =
                                "The smallest sample: clicks for epc, conversion_rate and clicks, conversions for "
                                        + "conversions, else sales")
                int minimum,
        @Schema(examples = "812", description = "Affiliates with this sample") long ranked,
        List<Line> data,
        @Schema(examples = "2026-11-21T08:00:00Z", description = "When it was computed, at most 60 seconds ago")
                Instant asOf) {
    PerformanceReport {
        data = List.copyOf(data);
    }

    /** One affiliate. */
    @Schema(name = "PerformanceReportRow")
    record Line(
            @Schema(examples = "1", description = "Equals share a rank, and the next is as many further") long rank,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "Ecofluencer") String name,
            @Schema(examples = "1000") long clicks,
            @Schema(examples = "800") long uniques,
            @Schema(examples = "40") long leads,
            @Schema(examples = "25") long sales,
            Money revenue,
            @Schema(description = "Earned, not rejected") Money commission,
            @Schema(nullable = true, description = "Commission for 100 clicks; null without clicks") @Nullable
                    Money epc,
            @Schema(nullable = true, description = "Revenue of a sale; null without sales") @Nullable Money aov,
            @Schema(nullable = true, examples = "250", description = "Sales of 10,000 clicks; null without clicks")
                    @Nullable
                    Long conversionRateBps,
            @Schema(nullable = true, examples = "400", description = "Refunds of 10,000 sales; null without sales")
                    @Nullable
                    Long refundRateBps,
            @Schema(
                            nullable = true,
                            examples = "800",
                            description = "Customers who left, of 10,000 new ones; null without new ones")
                    @Nullable
                    Long churnRateBps,
            @Schema(
                            examples = "88",
                            description = "0 to 100: sales kept times customers kept, drawn towards the program's mean "
                                    + "where there are few")
                    int quality) {}

    static final Csv<Line> CSV = new Csv<>(
            List.of(
                    "rank",
                    "affiliateId",
                    "name",
                    "clicks",
                    "uniques",
                    "leads",
                    "sales",
                    "revenue",
                    "commission",
                    "epc",
                    "aov",
                    "currency",
                    "conversionRateBps",
                    "refundRateBps",
                    "churnRateBps",
                    "quality"),
            row -> List.of(
                    Long.toString(row.rank),
                    row.affiliateId,
                    row.name,
                    Long.toString(row.clicks),
                    Long.toString(row.uniques),
                    Long.toString(row.leads),
                    Long.toString(row.sales),
                    Long.toString(row.revenue.amount()),
                    Long.toString(row.commission.amount()),
                    Cells.amount(row.epc),
                    Cells.amount(row.aov),
                    row.revenue.currency(),
                    Cells.number(row.conversionRateBps),
                    Cells.number(row.refundRateBps),
                    Cells.number(row.churnRateBps),
                    Integer.toString(row.quality)));
}
