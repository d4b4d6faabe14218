package dev.tributary.analytics.dashboard;

import dev.tributary.analytics.figure.Subject;
import dev.tributary.fraud.FraudScore;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What waits for a person: each a number, and the worst by name. */
@ApplicationScoped
class AlertQueries {
    private static final int WORST = 5;

    private static final String COUNTS =
            """
            SELECT (SELECT count(*) FROM commission m WHERE m.program_id = $1 AND m.status = 'held') AS held,
                   (SELECT coalesce(sum(m.amount_minor), 0)::bigint FROM commission m
                     WHERE m.program_id = $1 AND m.status = 'held' AND m.currency = $2) AS held_sum,
                   (SELECT count(*) FROM abuse_report r
                     WHERE r.status = 'open' AND EXISTS (SELECT FROM enrollment e
                           WHERE e.affiliate_id = r.affiliate_id AND e.program_id = $1)) AS reports,
                   (SELECT count(*) FROM application a
                     WHERE a.program_id = $1 AND a.status IN ('submitted', 'more_info')) AS applications,
                   (SELECT count(*) FROM payout_task t WHERE t.closed_at IS NULL) AS tasks
            """;
    /** The first condition is that of the index. */
    private static final String SUSPECTS =
            """
            SELECT a.id, a.name, a.fraud_status, a.fraud_score, f.reasons, count(*) OVER () AS suspects
              FROM affiliate a LEFT JOIN fraud_score f ON f.affiliate_id = a.id
             WHERE (a.fraud_status <> 'clear' OR a.fraud_score >= %d)
               AND EXISTS (SELECT FROM enrollment e WHERE e.affiliate_id = a.id AND e.program_id = $1)
             ORDER BY a.fraud_score DESC NULLS LAST, a.id LIMIT %d
            """
                    .formatted(FraudScore.HIGH_FROM, WORST);

    Uni<AdminDashboard.Alerts> of(SqlConnection c, Subject subject) {
        return c.preparedQuery(SUSPECTS).execute(Tuple.of(subject.programId())).chain(suspects -> c.preparedQuery(
                        COUNTS)
                .execute(Tuple.of(subject.programId(), subject.currency()))
                .map(counts -> alerts(suspects, counts.iterator().next(), subject.currency())));
    }

    private static AdminDashboard.Alerts alerts(RowSet<Row> suspects, Row counts, String currency) {
        long all = 0;
        List<AdminDashboard.Suspect> worst = new ArrayList<>();
        for (Row row : suspects) {
            all = row.getLong("suspects");
            String[] reasons = row.getArrayOfStrings("reasons");
            worst.add(new AdminDashboard.Suspect(
                    TypeId.AFFILIATE.format(row.getUUID("id")),
                    row.getString("name"),
                    row.getString("fraud_status"),
                    row.getInteger("fraud_score"),
                    reasons == null ? List.of() : Arrays.asList(reasons)));
        }
        return new AdminDashboard.Alerts(
                all,
                worst,
                new AdminDashboard.CountAndSum(counts.getLong("held"), new Money(counts.getLong("held_sum"), currency)),
                counts.getLong("reports"),
                counts.getLong("applications"),
                counts.getLong("tasks"));
    }
}
