package dev.tributary.analytics;

import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What each attribution model gives to each affiliate of a program, beside each other.
 *
 * @param model the program's own now
 * @param totals what each model gives on the whole
 * @param data those with the most revenue under all models together first
 */
@Schema(name = "AttributionReport")
record AttributionReport(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        Instant from,
        Instant to,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        @Schema(examples = "last_click", description = "The program's own model") String model,
        @Schema(description = "One for each model, always in the same order") List<Total> totals,
        List<Line> data,
        @Schema(description = "Whether there are more affiliates than shown") boolean truncated,
        @Schema(description = "When it was computed: a minute ago, or longer where nobody asked since") Instant asOf) {
    AttributionReport {
        totals = List.copyOf(totals);
        data = List.copyOf(data);
    }

    /** One model, over all affiliates. All models share out the same revenue; they differ in who has it. */
    @Schema(name = "AttributionReportTotal")
    record Total(
            @Schema(examples = "linear") String model,
            @Schema(description = "Whether it is the program's own") boolean own,
            @Schema(examples = "12", description = "Affiliates who are given anything") long affiliates,
            @Schema(examples = "150000", description = "Leads and sales in basis points: 10,000 is a whole one")
                    long creditBps,
            @Schema(description = "Of the sales, without what was refunded") Money revenue,
            @Schema(description = "What of it others have than by the program's own model") Money moved,
            @Schema(nullable = true, examples = "850", description = "The same of 10,000; null without revenue")
                    @Nullable
                    Long movedBps) {}

    /** One affiliate. */
    @Schema(name = "AttributionReportRow")
    record Line(
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r") String affiliateId,
            @Schema(examples = "Ecofluencer") String name,
            @Schema(description = "One for each model, always in the same order") List<Share> models) {
        Line {
            models = List.copyOf(models);
        }
    }

    /** What one model gives to one affiliate. */
    @Schema(name = "AttributionReportShare")
    record Share(
            @Schema(examples = "linear") String model,
            @Schema(examples = "15000", description = "Leads and sales in basis points: 10,000 is a whole one")
                    long creditBps,
            @Schema(description = "Its part of the sales, without what was refunded") Money revenue) {}

    /** One line an affiliate, two columns a model. */
    static String csv(AttributionReport report, List<String> models) {
        List<String> columns = new ArrayList<>(List.of("affiliateId", "name"));
        for (String model : models) columns.addAll(List.of(model + "_credit_bps", model + "_revenue"));
        columns.add("currency");
        return new Csv<Line>(columns, AttributionReport::cells).whole(report.data);
    }

    private static List<String> cells(Line line) {
        Stream<String> figures = line.models.stream()
                .flatMap(share -> Stream.of(Long.toString(share.creditBps), Long.toString(share.revenue.amount())));
        return Stream.of(
                        Stream.of(line.affiliateId, line.name),
                        figures,
                        Stream.of(line.models.get(0).revenue.currency()))
                .flatMap(cells -> cells)
                .toList();
    }
}
