package dev.tributary.affiliate;

import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Forgets who reported abuse, while the reports stay. */
@Singleton
class ReporterRetention implements Retention {
    /** A quarter in which staff may ask back. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final String OLD = "created_at < $1 AND (contact_email IS NOT NULL OR ip_hash IS NOT NULL)";
    private static final String COUNT = "SELECT count(*) FROM abuse_report WHERE " + OLD;
    private static final String FORGET =
            """
            WITH old AS (SELECT id FROM abuse_report WHERE %s LIMIT $2)
            UPDATE abuse_report SET contact_email = NULL, ip_hash = NULL WHERE id IN (SELECT id FROM old)
            """
                    .formatted(OLD);

    @Override
    public String what() {
        return "reporters of abuse";
    }

    @Override
    public Duration kept() {
        return KEPT;
    }

    @Override
    public Uni<Long> count(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(rows -> rows.rowCount());
    }
}
