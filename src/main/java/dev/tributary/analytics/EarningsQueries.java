package dev.tributary.analytics;

import dev.tributary.id.TypeId;
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
import java.util.TreeMap;

/** Commissions added up, each currency by itself. */
@ApplicationScoped
class EarningsQueries {
    private static final String EARNINGS =
            """
            , grouped AS (
                SELECT %1$s AS key, m.currency AS money, count(*) AS commissions,
                       coalesce(sum(amount) FILTER (WHERE m.status = 'pending'), 0)::bigint AS pending,
                       coalesce(sum(amount) FILTER (WHERE m.status = 'approved'), 0)::bigint AS approved,
                       coalesce(sum(amount) FILTER (WHERE m.status = 'paid'), 0)::bigint AS paid,
                       coalesce(sum(amount) FILTER (WHERE m.status = 'held'), 0)::bigint AS held,
                       coalesce(sum(amount) FILTER (WHERE m.status IN ('rejected', 'reversed')), 0)::bigint AS lost
                  FROM span JOIN (SELECT *, amount_minor AS amount FROM commission) m
                    ON m.affiliate_id = $1 AND m.earned_at >= span.since AND m.earned_at < span.until
                  LEFT JOIN conversion v ON v.id = m.conversion_id
                 WHERE m.program_id = span.program_id
                 GROUP BY 1, 2),
            total AS (
                SELECT NULL::text AS key, money, sum(commissions)::bigint AS commissions, sum(pending)::bigint AS pending,
                       sum(approved)::bigint AS approved, sum(paid)::bigint AS paid, sum(held)::bigint AS held,
                       sum(lost)::bigint AS lost
                  FROM grouped GROUP BY money),
            shown AS (SELECT * FROM grouped ORDER BY %3$s LIMIT $9)
            SELECT span.*, g.*, %2$s AS label, (SELECT count(*) FROM grouped) AS groups
              FROM span LEFT JOIN (SELECT * FROM shown UNION ALL SELECT * FROM total) g ON true
             ORDER BY %3$s
            """;

    private final Transactions transactions;
    private final Clock clock;

    EarningsQueries(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Empty where the affiliate is not in this program. */
    Uni<Optional<Earnings>> ask(Question question) {
        GroupBy by = question.by();
        String order = by.isTime() ? "key, money" : "pending + approved + paid + held DESC, key, money";
        String sql = Scope.span(question.only()) + EARNINGS.formatted(by.commissions, by.label, order);
        Tuple asked = question.period()
                .addTo(Tuple.of(question.affiliateId(), question.programId(), question.id()))
                .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC))
                .addInteger(question.limit());
        return transactions.read(c -> c.preparedQuery(sql).execute(asked)).map(rows -> read(question, rows));
    }

    private static Optional<Earnings> read(Question question, RowSet<Row> rows) {
        if (rows.size() == 0) return Optional.empty();
        Row first = rows.iterator().next();
        Scope scope = Scope.read(first);
        List<Earnings.Line> lines = new ArrayList<>();
        Map<String, Earnings.Line> totals = new TreeMap<>();
        for (Row row : rows) {
            if (row.getString("money") == null) continue;
            Earnings.Line line = line(question.by(), row);
            if (row.getString("key") == null) totals.put(line.currency(), line);
            else lines.add(line);
        }
        return Optional.of(new Earnings(
                TypeId.PROGRAM.format(scope.programId()),
                question.by().word(),
                scope.from(),
                scope.to(),
                scope.zone(),
                lines,
                List.copyOf(totals.values()),
                first.getLong("groups") > lines.size()));
    }

    private static Earnings.Line line(GroupBy by, Row row) {
        String key = row.getString("key");
        long pending = row.getLong("pending");
        long approved = row.getLong("approved");
        long paid = row.getLong("paid");
        long held = row.getLong("held");
        return new Earnings.Line(
                key == null ? "" : Statistics.shown(by, key),
                row.getString("label"),
                row.getString("money"),
                row.getLong("commissions"),
                pending,
                approved,
                paid,
                held,
                pending + approved + paid + held,
                row.getLong("lost"));
    }
}
