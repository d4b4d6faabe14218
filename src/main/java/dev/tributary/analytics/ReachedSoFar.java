package dev.tributary.analytics;

import dev.tributary.program.TierProgress;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What an enrollment has brought: its accepted conversions with a commission that stands, in the program's currency. */
@ApplicationScoped
class ReachedSoFar implements TierProgress {
    private static final String SUMS =
            """
            SELECT count(*) AS conversions,
                   coalesce(sum(v.amount_minor) FILTER (WHERE v.currency = p.currency), 0)::bigint AS revenue
              FROM conversion v JOIN program p ON p.id = v.program_id
             WHERE v.enrollment_id = $1 AND v.status = 'accepted'
               AND EXISTS (SELECT FROM commission m
                            WHERE m.conversion_id = v.id AND m.status NOT IN ('rejected', 'reversed'))
            """;

    @Override
    public Uni<Reached> of(SqlConnection c, UUID enrollmentId) {
        return c.preparedQuery(SUMS).execute(Tuple.of(enrollmentId)).map(rows -> {
            Row row = rows.iterator().next();
            return new Reached(row.getLong("conversions"), row.getLong("revenue"));
        });
    }
}
