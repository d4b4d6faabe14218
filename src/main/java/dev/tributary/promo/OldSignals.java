package dev.tributary.promo;

import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Signals of misuse that nobody judges by any more. */
@Singleton
class OldSignals implements Retention {
    private static final String COUNT = "SELECT count(*) FROM code_signal WHERE hour < $1";
    private static final String FORGET =
            """
            DELETE FROM code_signal WHERE (kind, hour, code_id, network) IN (
                SELECT kind, hour, code_id, network FROM code_signal WHERE hour < $1 LIMIT $2)
            """;

    @Override
    public String what() {
        return "signals of misused codes";
    }

    /** As long as anybody asks why an affiliate was scored so. */
    @Override
    public Duration kept() {
        return Duration.ofDays(180);
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
