package dev.tributary.payout;

import dev.tributary.fraud.FraudScore;
import dev.tributary.fraud.FraudScores;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is known of enrollments by which they are trusted: read in one statement, at most {@value #MOST} at once. */
@ApplicationScoped
public class Trusts {
    /** As many as a run looks at in one transaction, and as the fraud room scores at once. */
    public static final int MOST = 1_000;

    /** Paid, not paid and returned: a month counts when its money stayed. Months are those of the program's time zone. */
    private static final String KNOWN =
            """
            SELECT e.id, e.affiliate_id, coalesce(e.approved_at, e.created_at) AS approved_at, p.months, p.failed_at
              FROM enrollment e JOIN program g ON g.id = e.program_id
             CROSS JOIN LATERAL (
                SELECT count(DISTINCT date_trunc('month', o.paid_at AT TIME ZONE g.time_zone))
                         FILTER (WHERE o.state = 'paid') AS months,
                       max(o.ended_at) FILTER (WHERE o.state IN ('failed', 'returned')) AS failed_at
                  FROM payout o WHERE o.enrollment_id = e.id) AS p
             WHERE e.id = ANY ($1::uuid[])
            """;

    private final FraudScores scores;

    Trusts(FraudScores scores) {
        this.scores = scores;
    }

    /** One for each enrollment that there is. */
    public Uni<Map<UUID, Trust.Record>> of(SqlConnection c, Collection<UUID> enrollmentIds) {
        if (enrollmentIds.size() > MOST)
            throw new IllegalArgumentException("At most " + MOST + " enrollments are looked at at once");
        return c.preparedQuery(KNOWN)
                .execute(Tuple.of(enrollmentIds.toArray(UUID[]::new)))
                .chain(rows -> scores.of(c, affiliates(rows)).map(scored -> records(rows, scored)));
    }

    private static List<UUID> affiliates(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>();
        for (Row row : rows) ids.add(row.getUUID("affiliate_id"));
        return ids.stream().distinct().toList();
    }

    private static Map<UUID, Trust.Record> records(RowSet<Row> rows, Map<UUID, FraudScore> scores) {
        Map<UUID, Trust.Record> records = new HashMap<>();
        for (Row row : rows) {
            FraudScore score = scores.getOrDefault(row.getUUID("affiliate_id"), FraudScore.UNSCORED);
            records.put(
                    row.getUUID("id"),
                    new Trust.Record(
                            row.getOffsetDateTime("approved_at").toInstant(),
                            row.getLong("months").intValue(),
                            Optional.ofNullable(row.getOffsetDateTime("failed_at"))
                                    .map(OffsetDateTime::toInstant),
                            score));
        }
        return records;
    }
}
