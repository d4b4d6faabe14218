package dev.tributary.analytics;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clicks from the hourly rollup, conversions and commissions, added up beside each other in one query. Hours are those of
 * UTC: where a zone's days begin at half past, the clicks of that hour count where it began.
 */
@ApplicationScoped
class StatisticsQueries {
    private static final String STATISTICS =
            """
            , fact AS (
                SELECT %1$s AS key, h.clicks, h.uniques, 0 AS leads, 0 AS sales, 0::bigint AS revenue, 0::bigint AS earned
                  FROM span JOIN click_hourly h
                    ON h.affiliate_id = $1 AND h.hour >= span.since AND h.hour < span.until
                 WHERE h.program_id = span.program_id%5$s
                UNION ALL
                SELECT %2$s, 0, 0, (v.kind = 'lead')::int, (v.kind = 'sale')::int,
                       CASE WHEN v.kind = 'sale' AND v.currency = span.currency THEN v.amount_minor ELSE 0 END, 0
                  FROM span JOIN conversion v
                    ON v.affiliate_id = $1 AND v.occurred_at >= span.since AND v.occurred_at < span.until
                 WHERE v.program_id = span.program_id AND v.status = 'accepted'%6$s
                UNION ALL
                SELECT %3$s, 0, 0, 0, 0, 0, m.amount_minor
                  FROM span JOIN commission m
                    ON m.affiliate_id = $1 AND m.earned_at >= span.since AND m.earned_at < span.until
                  LEFT JOIN conversion v ON v.id = m.conversion_id
                 WHERE m.program_id = span.program_id AND m.currency = span.currency
                   AND m.status NOT IN ('rejected', 'reversed')%6$s),
            grouped AS (
                SELECT key, sum(clicks)::bigint AS clicks, sum(uniques)::bigint AS uniques, sum(leads)::bigint AS leads,
                       sum(sales)::bigint AS sales, sum(revenue)::bigint AS revenue, sum(earned)::bigint AS earned
                  FROM fact GROUP BY key)
            SELECT span.*, g.*, %4$s AS label, count(g.key) OVER () AS groups,
                   coalesce(sum(clicks) OVER (), 0)::bigint AS all_clicks,
                   coalesce(sum(uniques) OVER (), 0)::bigint AS all_uniques,
                   coalesce(sum(leads) OVER (), 0)::bigint AS all_leads,
                   coalesce(sum(sales) OVER (), 0)::bigint AS all_sales,
                   coalesce(sum(revenue) OVER (), 0)::bigint AS all_revenue,
                   coalesce(sum(earned) OVER (), 0)::bigint AS all_earned
              FROM span LEFT JOIN grouped g ON true
             ORDER BY %7$s LIMIT $9
            """;

    /** The same where nothing is grouped, which is asked most: in two thirds of the time. */
    private static final String SUMS =
            """
            SELECT span.*, NULL AS key, NULL AS label, 0::bigint AS groups, clicks.*, conversions.*, commissions.*
              FROM span
             CROSS JOIN LATERAL (
                SELECT coalesce(sum(h.clicks), 0)::bigint AS all_clicks, coalesce(sum(h.uniques), 0)::bigint AS all_uniques
                  FROM click_hourly h
                 WHERE h.affiliate_id = $1 AND h.hour >= span.since AND h.hour < span.until
                   AND h.program_id = span.program_id%1$s) clicks
             CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE v.kind = 'lead') AS all_leads,
                       count(*) FILTER (WHERE v.kind = 'sale') AS all_sales,
                       coalesce(sum(v.amount_minor) FILTER (WHERE v.kind = 'sale' AND v.currency = span.currency),
                                0)::bigint AS all_revenue
                  FROM conversion v
                 WHERE v.affiliate_id = $1 AND v.occurred_at >= span.since AND v.occurred_at < span.until
                   AND v.program_id = span.program_id AND v.status = 'accepted'%2$s) conversions
             CROSS JOIN LATERAL (
                SELECT coalesce(sum(m.amount_minor), 0)::bigint AS all_earned
                  FROM commission m LEFT JOIN conversion v ON v.id = m.conversion_id
                 WHERE m.affiliate_id = $1 AND m.earned_at >= span.since AND m.earned_at < span.until
                   AND m.program_id = span.program_id AND m.currency = span.currency
                   AND m.status NOT IN ('rejected', 'reversed')%2$s) commissions
             LIMIT $9
            """;

    private record Shape(GroupBy by, Question.Only only) {}

    /** As many texts as there are shapes: 21. */
    private final Map<Shape, String> texts = new ConcurrentHashMap<>();

    private final Transactions transactions;
    private final Clock clock;

    StatisticsQueries(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Empty where the affiliate has no such program, link or campaign. */
    Uni<Optional<Statistics>> ask(Question question) {
        String sql = texts.computeIfAbsent(new Shape(question.by(), question.only()), StatisticsQueries::text);
        Tuple asked = question.period()
                .addTo(Tuple.of(question.affiliateId(), question.programId(), question.id()))
                .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC))
                .addInteger(question.limit());
        return transactions.read(c -> c.preparedQuery(sql).execute(asked)).map(rows -> read(question, rows));
    }

    private static String text(Shape shape) {
        GroupBy by = shape.by;
        if (by == GroupBy.ALL) return Scope.span(shape.only) + SUMS.formatted(shape.only.on("h"), shape.only.on("v"));
        return Scope.span(shape.only)
                + STATISTICS.formatted(
                        by.clicks,
                        by.conversions,
                        by.commissions,
                        by.label,
                        shape.only.on("h"),
                        shape.only.on("v"),
                        by.isTime() ? "key" : "clicks DESC, sales DESC, key");
    }

    private static Optional<Statistics> read(Question question, RowSet<Row> rows) {
        if (rows.size() == 0) return Optional.empty();
        Row first = rows.iterator().next();
        Scope scope = Scope.read(first);
        List<Statistics.Line> lines = new ArrayList<>();
        boolean grouped = question.by() != GroupBy.ALL;
        for (Row row : rows) if (grouped && row.getString("key") != null) lines.add(line(question.by(), scope, row));
        return Optional.of(new Statistics(
                TypeId.PROGRAM.format(scope.programId()),
                grouped ? question.by().word() : null,
                scope.from(),
                scope.to(),
                scope.zone(),
                lines,
                totals(scope, first),
                grouped && first.getLong("groups") > lines.size()));
    }

    private static Statistics.Line line(GroupBy by, Scope scope, Row row) {
        long clicks = row.getLong("clicks");
        long leads = row.getLong("leads");
        long sales = row.getLong("sales");
        return new Statistics.Line(
                Statistics.shown(by, row.getString("key")),
                row.getString("label"),
                clicks,
                row.getLong("uniques"),
                leads,
                sales,
                Statistics.rate(leads, clicks),
                Statistics.rate(sales, clicks),
                new Money(row.getLong("revenue"), scope.currency()),
                new Money(row.getLong("earned"), scope.currency()));
    }

    private static Statistics.Counts totals(Scope scope, Row row) {
        long clicks = row.getLong("all_clicks");
        long leads = row.getLong("all_leads");
        long sales = row.getLong("all_sales");
        return new Statistics.Counts(
                clicks,
                row.getLong("all_uniques"),
                leads,
                sales,
                Statistics.rate(leads, clicks),
                Statistics.rate(sales, clicks),
                new Money(row.getLong("all_revenue"), scope.currency()),
                new Money(row.getLong("all_earned"), scope.currency()));
    }
}
