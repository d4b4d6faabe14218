package dev.tributary.analytics.insight;

import dev.tributary.page.Csv;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What stands out, the heaviest first. */
@Schema(name = "Insights")
record InsightsView(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        nullable = true,
                        examples = "aff_01h455vb4pex5vsknk084sn02r",
                        description = "null: of the whole program")
                @Nullable
                String affiliateId,
        @Schema(examples = "Europe/Berlin") String timeZone,
        @Schema(examples = "2026-10-22") LocalDate from,
        @Schema(
                        examples = "2026-11-21",
                        description = "The day after the last one: days are whole, so today is left out")
                LocalDate to,
        Instant asOf,
        @Schema(description = "At most 20") List<Line> data,
        @Schema(description = "Every rule that looked, also those that found nothing") List<Rule> rules) {
    static final Csv<Line> CSV = new Csv<>(
            List.of("kind", "rule", "tone", "text", "evidence"),
            line -> List.of(
                    line.kind,
                    line.rule,
                    line.tone,
                    line.text,
                    line.evidence.stream()
                            .map(each -> each.name() + "=" + each.value())
                            .collect(Collectors.joining("; "))));

    InsightsView {
        data = List.copyOf(data);
        rules = List.copyOf(rules);
    }

    /** One insight. */
    @Schema(name = "Insight")
    record Line(
            @Schema(
                            examples = "change",
                            enumeration = {"channel", "change", "risk"})
                    String kind,
            @Schema(examples = "count_change", description = "The rule by which it was found") String rule,
            @Schema(
                            examples = "good",
                            enumeration = {"good", "bad", "neutral"})
                    String tone,
            @Schema(examples = "Sales: 84, up 40 % from 60") String text,
            @Schema(description = "The figures by which it was found") List<Insight.Evidence> evidence) {
        static Line of(Insight insight) {
            return new Line(
                    insight.kind().word(), insight.rule(), insight.tone().word(), insight.text(), insight.evidence());
        }
    }

    @Schema(name = "InsightRule")
    record Rule(
            @Schema(examples = "count_change") String rule,
            @Schema(examples = "A count differs from that of as many days before ...") String explained) {}
}
