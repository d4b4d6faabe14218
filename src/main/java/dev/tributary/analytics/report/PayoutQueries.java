package dev.tributary.analytics.report;

import dev.tributary.id.Ids;
import dev.tributary.money.Money;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Counts payouts by size, state and rail. When one was made is read from its id, by which payouts are indexed. */
@ApplicationScoped
class PayoutQueries {
    /** 1, 2, 5, 10 and so on to ten billion minor units. */
    private static final Long[] BOUNDS = LongStream.concat(
                    LongStream.of(0),
                    LongStream.iterate(1, step -> step <= 10_000_000_000L, step -> step * 10)
                            .flatMap(step -> LongStream.of(step, 2 * step, 5 * step)))
            .boxed()
            .toArray(Long[]::new);

    /** $1 program, $2 and $3 ids, $4 currency, $5 bounds, $6 affiliate. The row without any key has the quantiles. */
    private static final String SPREAD =
            """
            WITH made AS MATERIALIZED (
                SELECT rail, state, gross_minor AS gross, fee_minor AS fee, withheld_minor AS withheld, currency,
                       state NOT IN ('failed', 'canceled', 'returned') AS stands,
                       width_bucket(gross_minor, $5::bigint[]) AS bucket
                  FROM payout WHERE program_id = $1 AND id >= $2 AND id < $3%s),
            sums AS (
                SELECT NULL::text AS state, rail, bucket, count(*) AS count, sum(gross) AS gross, sum(fee) AS fee,
                       sum(withheld) AS withheld
                  FROM made WHERE stands AND currency = $4 GROUP BY GROUPING SETS ((), (rail), (bucket))
                UNION ALL
                SELECT state, NULL, NULL, count(*), sum(gross), sum(fee), sum(withheld)
                  FROM made WHERE currency = $4 GROUP BY state)
            SELECT state, rail, bucket, count, coalesce(gross, 0)::bigint AS gross, coalesce(fee, 0)::bigint AS fee,
                   coalesce(withheld, 0)::bigint AS withheld, q.quantiles,
                   (SELECT count(*) FROM made WHERE currency <> $4) AS others
              FROM sums
              LEFT JOIN (SELECT percentile_disc('{0,0.25,0.5,0.75,0.9,0.99,1}'::float8[]) WITHIN GROUP (ORDER BY gross) AS quantiles
                           FROM made WHERE stands AND currency = $4) q
                ON state IS NULL AND rail IS NULL AND bucket IS NULL
             ORDER BY bucket
            """;

    private static final String OF_ALL = SPREAD.formatted("");
    private static final String OF_ONE = SPREAD.formatted(" AND affiliate_id = $6");

    private final Transactions transactions;

    PayoutQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<PayoutsReport> ask(Ground ground, Span span) {
        Tuple asked = Tuple.of(
                        ground.programId(), floor(ground, span.from()), floor(ground, span.to()), ground.currency())
                .addArrayOfLong(BOUNDS);
        UUID one = ground.affiliateId();
        if (one != null) asked.addUUID(one);
        return transactions
                .read(connection ->
                        connection.preparedQuery(one == null ? OF_ALL : OF_ONE).execute(asked))
                .map(rows -> report(ground, span, rows));
    }

    private static UUID floor(Ground ground, LocalDate day) {
        return Ids.floor(day.atStartOfDay(ground.zone()).toInstant());
    }

    private static PayoutsReport report(Ground ground, Span span, RowSet<Row> rows) {
        String currency = ground.currency();
        PayoutsReport.Amounts amounts = null;
        List<PayoutsReport.Part> states = new ArrayList<>();
        List<PayoutsReport.Part> rails = new ArrayList<>();
        List<Row> buckets = new ArrayList<>();
        long others = 0;
        for (Row row : rows) {
            others = row.getLong("others");
            if (row.getString("state") != null) states.add(part(row.getString("state"), row, currency));
            else if (row.getString("rail") != null) rails.add(part(row.getString("rail"), row, currency));
            else if (row.getInteger("bucket") != null) buckets.add(row);
            else amounts = amounts(row, currency);
        }
        if (amounts == null) throw new IllegalStateException("Sums over everything are one row, also of nothing");
        return new PayoutsReport(
                ground.program(),
                ground.affiliate(),
                span.from(),
                span.to(),
                ground.zone().getId(),
                amounts,
                byCount(states),
                byCount(rails),
                filled(buckets, currency),
                others);
    }

    private static List<PayoutsReport.Part> byCount(List<PayoutsReport.Part> parts) {
        return parts.stream()
                .sorted(Comparator.comparingLong(PayoutsReport.Part::count)
                        .reversed()
                        .thenComparing(PayoutsReport.Part::key))
                .toList();
    }

    private static PayoutsReport.Part part(String key, Row row, String currency) {
        return new PayoutsReport.Part(
                key, row.getLong("count"), money(row.getLong("gross"), currency), money(net(row), currency));
    }

    private static long net(Row row) {
        return row.getLong("gross") - row.getLong("fee") - row.getLong("withheld");
    }

    private static PayoutsReport.Amounts amounts(Row row, String currency) {
        long count = row.getLong("count");
        Long[] quantiles = row.getArrayOfLongs("quantiles");
        return new PayoutsReport.Amounts(
                count,
                money(row.getLong("gross"), currency),
                money(row.getLong("fee"), currency),
                money(row.getLong("withheld"), currency),
                money(net(row), currency),
                Cells.money(Rates.mean(row.getLong("gross"), count), currency),
                at(quantiles, 0, currency),
                at(quantiles, 1, currency),
                at(quantiles, 2, currency),
                at(quantiles, 3, currency),
                at(quantiles, 4, currency),
                at(quantiles, 5, currency),
                at(quantiles, 6, currency));
    }

    private static @Nullable Money at(Long @Nullable [] quantiles, int place, String currency) {
        return quantiles == null ? null : Cells.money(quantiles[place], currency);
    }

    /** With the empty ones between, so that they can be drawn as they are. */
    private static List<PayoutsReport.Bucket> filled(List<Row> rows, String currency) {
        List<PayoutsReport.Bucket> filled = new ArrayList<>();
        for (Row row : rows) {
            int bucket = row.getInteger("bucket");
            while (!filled.isEmpty() && next(filled, rows) < bucket)
                filled.add(bucket(next(filled, rows), 0, 0, currency));
            filled.add(bucket(bucket, row.getLong("count"), row.getLong("gross"), currency));
        }
        return filled;
    }

    private static int next(List<PayoutsReport.Bucket> filled, List<Row> rows) {
        return rows.get(0).getInteger("bucket") + filled.size();
    }

    /** Buckets are numbered from 1. */
    private static PayoutsReport.Bucket bucket(int number, long count, long gross, String currency) {
        return new PayoutsReport.Bucket(
                money(BOUNDS[number - 1], currency),
                number == BOUNDS.length ? null : money(BOUNDS[number], currency),
                count,
                money(gross, currency));
    }

    private static Money money(long amount, String currency) {
        return new Money(amount, currency);
    }
}
