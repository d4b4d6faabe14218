package dev.tributary.payout.tax;

import dev.tributary.id.TypeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was paid in a year and what becomes of it, summed up. All rows sum to all that was paid. */
@Schema(name = "TaxYear")
record TaxYearView(
        @Schema(examples = "2026") int year,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "America/New_York", description = "Where the year begins and ends") String timeZone,
        @Schema(
                        examples = "200000",
                        description = "In US cents: from which sum a year's payments to one person are reported")
                long threshold,
        List<TaxYearSum> sums) {
    private record Key(Treatment treatment, String rail, String currency) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = treatment.compareTo(other.treatment);
            if (order == 0) order = rail.compareTo(other.rail);
            return order == 0 ? currency.compareTo(other.currency) : order;
        }
    }

    static TaxYearView of(TaxYear year, long threshold, List<YearLine> lines) {
        Map<Key, List<YearLine>> by = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> new Key(line.treatment(), line.rail(), line.currency()),
                        TreeMap::new,
                        Collectors.toList()));
        return new TaxYearView(
                year.year(),
                TypeId.PROGRAM.format(year.program().id()),
                year.program().timeZone(),
                threshold,
                by.entrySet().stream()
                        .map(each -> sum(each.getKey(), each.getValue()))
                        .toList());
    }

    private static TaxYearSum sum(Key key, List<YearLine> lines) {
        return new TaxYearSum(
                key.treatment,
                key.rail,
                key.currency,
                lines.size(),
                lines.stream().mapToLong(YearLine::paidMinor).sum(),
                lines.stream().mapToLong(YearLine::withheldMinor).sum());
    }
}
