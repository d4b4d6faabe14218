package dev.tributary.analytics.report;

import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of the customers who signed up in the same month or week.
 *
 * @param data the oldest first, also those in which nobody signed up; the last is the one that is going on
 */
@Schema(name = "CohortReport")
record CohortReport(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(nullable = true, examples = "aff_01h455vb4pex5vsknk084sn02r", description = "null: the whole program")
                @Nullable
                String affiliateId,
        @Schema(examples = "month") String groupBy,
        @Schema(examples = "Europe/Berlin", description = "Where days begin and end") String timeZone,
        List<Cohort> data,
        @Schema(
                        examples = "2026-11-21T08:00:00Z",
                        description = "When it was computed: now, or for those with thousands "
                                + "of customers up to two hours ago")
                Instant asOf) {
    CohortReport {
        data = List.copyOf(data);
    }

    /** The customers who signed up in one month or week. */
    @Schema(name = "Cohort")
    record Cohort(
            @Schema(examples = "2026-08", description = "The month, or the week's Monday") String key,
            @Schema(examples = "40", description = "Customers who signed up") long referrals,
            @Schema(examples = "25", description = "Of them, those who bought") long converted,
            @Schema(examples = "22", description = "Of these, those who did not leave") long active,
            @Schema(nullable = true, examples = "6250", description = "Converted of 10,000; null without customers")
                    @Nullable
                    Long convertedBps,
            @Schema(examples = "61") long sales,
            @Schema(description = "Of their sales, without what was refunded") Money revenue,
            @Schema(description = "Month by month or week by week, up to now") List<Age> ages) {
        Cohort {
            ages = List.copyOf(ages);
        }
    }

    /** The same customers when they were so old. */
    @Schema(name = "CohortAge")
    record Age(
            @Schema(examples = "2", description = "Months or weeks since the one in which they signed up, which is 0")
                    int age,
            @Schema(examples = "21", description = "Customers who had bought by its end") long converted,
            @Schema(examples = "19", description = "Of these, those who had not left by its end") long active,
            @Schema(examples = "12", description = "Customers who bought within it") long buyers,
            @Schema(nullable = true, examples = "3000", description = "These, of 10,000; null without customers")
                    @Nullable
                    Long buyersBps,
            @Schema(examples = "14", description = "Within it") long sales,
            @Schema(description = "Of sales within it, without what was refunded since") Money revenue) {}

    private record Flat(Cohort cohort, Age age) {}

    private static final Csv<Flat> CSV = new Csv<>(
            List.of("cohort", "referrals", "age", "converted", "active", "buyers", "sales", "revenue", "currency"),
            row -> List.of(
                    row.cohort.key,
                    Long.toString(row.cohort.referrals),
                    Integer.toString(row.age.age),
                    Long.toString(row.age.converted),
                    Long.toString(row.age.active),
                    Long.toString(row.age.buyers),
                    Long.toString(row.age.sales),
                    Long.toString(row.age.revenue.amount()),
                    row.age.revenue.currency()));

    /** One line an age of a cohort. */
    String csv() {
        return CSV.whole(data.stream()
                .flatMap(cohort -> cohort.ages.stream().map(age -> new Flat(cohort, age)))
                .toList());
    }
}
