package dev.tributary.affiliate;

import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Forgets reports of abuse that staff have decided on; open ones wait however old they are. */
@Singleton
class ReportRetention implements Retention {
    /** Two years, in which a pattern of one affiliate shows; what was confirmed lives on as a violation. */
    private static final Duration KEPT = Duration.ofDays(730);

    private static final String COUNT = "SELECT count(*) FROM abuse_report WHERE handled_at < $1";
    private static final String FORGET =
            """
            WITH old AS (SELECT id FROM abuse_report WHERE handled_at < $1 LIMIT $2)
            DELETE FROM abuse_report WHERE id IN (SELECT id FROM old)
            """;

    @Override
    public String what() {
        return "handled reports of abuse";
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
