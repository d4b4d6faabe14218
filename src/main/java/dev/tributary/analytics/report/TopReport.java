package dev.tributary.analytics.report;

import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The links, source tags, codes, countries or devices that bring the most.
 *
 * @param found how many there are with the sample, shown or not
 * @param asOf when it was computed: for a whole program a minute ago, or longer where nobody asked since
 */
@Schema(name = "TopReport")
record TopReport(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(nullable = true, examples = "aff_01h455vb4pex5vsknk084sn02r", description = "null: the whole program")
                @Nullable
                String affiliateId,
        @Schema(examples = "source") String by,
        @Schema(examples = "clicks") String sort,
        @Schema(
                        examples = "0",
                        description = "The smallest sample: clicks for epc, conversion_rate and clicks, "
                                + "conversions for conversions, else sales")
                int minimum,
        @Schema(examples = "2026-11-01") LocalDate from,
        @Schema(examples = "2026-11-22", description = "The day after the last") LocalDate to,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        @Schema(examples = "17", description = "Rows with this sample, shown or not") long found,
        List<Line> data,
        @Schema(examples = "2026-11-21T08:00:00Z", description = "When it was computed, at most 60 seconds ago")
                Instant asOf) {
    TopReport {
        data = List.copyOf(data);
    }

    /** One link, source tag, code, country or device. */
    @Schema(name = "TopReportRow")
    record Line(
            @Schema(examples = "1", description = "Equals share a rank, and the next is as many further") long rank,
            @Schema(
                            examples = "newsletter",
                            description =
                                    "The link's id, the source tag, the code, ISO 3166 or the kind of device; empty "
                                            + "where there is none")
                    String key,
            @Schema(nullable = true, examples = "ECO10", description = "The link's code") @Nullable String label,
            ReportFigures figures,
            @Schema(nullable = true, description = "Commission for 100 clicks; null without clicks") @Nullable
                    Money epc,
            @Schema(nullable = true, description = "Revenue of a sale; null without sales") @Nullable Money aov,
            @Schema(nullable = true, examples = "250", description = "Sales of 10,000 clicks; null without clicks")
                    @Nullable
                    Long conversionRateBps) {}

    static final Csv<Line> CSV = new Csv<>(
            Cells.join(List.of("rank", "key", "label", "epc", "aov", "conversionRateBps"), Cells.FIGURES),
            row -> Cells.join(
                    List.of(
                            Long.toString(row.rank),
                            row.key,
                            Cells.text(row.label),
                            Cells.amount(row.epc),
                            Cells.amount(row.aov),
                            Cells.number(row.conversionRateBps)),
                    Cells.figures(row.figures)));
}
