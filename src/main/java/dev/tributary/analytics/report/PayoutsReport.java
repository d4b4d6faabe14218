package dev.tributary.analytics.report;

import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How large payouts are, which way they go and what becomes of them: those made in the time, in the program's currency.
 *
 * @param amounts of those that failed, were canceled or came back there are none: nobody has that money
 */
@Schema(name = "PayoutsReport")
record PayoutsReport(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(nullable = true, examples = "aff_01h455vb4pex5vsknk084sn02r", description = "null: the whole program")
                @Nullable
                String affiliateId,
        @Schema(examples = "2026-11-01") LocalDate from,
        @Schema(examples = "2026-11-22", description = "The day after the last") LocalDate to,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        @Schema(description = "Of those that did not fail, were not canceled and did not come back") Amounts amounts,
        @Schema(description = "Of all, with the most first") List<Part> byState,
        @Schema(description = "Of those in `amounts`, with the most first") List<Part> byRail,
        @Schema(description = "Of those in `amounts`, upward, from the smallest to the largest that has any")
                List<Bucket> buckets,
        @Schema(examples = "0", description = "Payouts in other currencies, which are nowhere above")
                long otherCurrencies) {
    PayoutsReport {
        byState = List.copyOf(byState);
        byRail = List.copyOf(byRail);
        buckets = List.copyOf(buckets);
    }

    /** How much it is, and how it is spread; the quantiles are payouts that there are. */
    @Schema(name = "PayoutAmounts")
    record Amounts(
            @Schema(examples = "120") long count,
            @Schema(description = "What they take from balances") Money gross,
            Money fees,
            @Schema(description = "Tax kept back") Money withheld,
            @Schema(description = "What is sent") Money net,
            @Schema(nullable = true, description = "Gross, of each; null without any, as all that follow") @Nullable
                    Money mean,
            @Schema(nullable = true) @Nullable Money smallest,
            @Schema(nullable = true, description = "A quarter are at most this") @Nullable Money p25,
            @Schema(nullable = true, description = "Half are at most this") @Nullable Money median,
            @Schema(nullable = true) @Nullable Money p75,
            @Schema(nullable = true) @Nullable Money p90,
            @Schema(nullable = true) @Nullable Money p99,
            @Schema(nullable = true) @Nullable Money largest) {}

    /** Those of one state or rail. */
    @Schema(name = "PayoutPart")
    record Part(
            @Schema(examples = "paid", description = "The state, or the rail") String key,
            @Schema(examples = "100") long count,
            Money gross,
            Money net) {}

    /** Those whose gross amount is within two bounds. */
    @Schema(name = "PayoutBucket")
    record Bucket(
            @Schema(description = "At least") Money from,
            @Schema(nullable = true, description = "Less than; null: no matter how much") @Nullable Money to,
            @Schema(examples = "42") long count,
            Money gross) {}

    /** One line of any part of the report. */
    private record Flat(String part, String key, long count, Money gross, @Nullable Money net) {}

    private static final Csv<Flat> CSV = new Csv<>(
            List.of("part", "key", "count", "gross", "net", "currency"),
            row -> List.of(
                    row.part,
                    row.key,
                    Long.toString(row.count),
                    Long.toString(row.gross.amount()),
                    Cells.amount(row.net),
                    row.gross.currency()));

    /** The sums, then the states, rails and buckets, which are named by their lower bounds. */
    String csv() {
        List<Flat> rows = new java.util.ArrayList<>();
        rows.add(new Flat("all", "", amounts.count, amounts.gross, amounts.net));
        byState.forEach(part -> rows.add(new Flat("state", part.key, part.count, part.gross, part.net)));
        byRail.forEach(part -> rows.add(new Flat("rail", part.key, part.count, part.gross, part.net)));
        buckets.forEach(
                part -> rows.add(new Flat("from", Long.toString(part.from.amount()), part.count, part.gross, null)));
        return CSV.whole(rows);
    }
}
