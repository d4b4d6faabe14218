package dev.tributary.promo.stripe;

import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Forgets which sessions were opened: Stripe ends each after a day, and tells of what was paid by events. */
@Singleton
class CheckoutRetention implements Retention {
    private static final String COUNT = "SELECT count(*) FROM stripe_checkout WHERE created_at < $1";
    private static final String FORGET =
            """
            WITH old AS (SELECT redemption_id FROM stripe_checkout WHERE created_at < $1 LIMIT $2)
            DELETE FROM stripe_checkout WHERE redemption_id IN (SELECT redemption_id FROM old)
            """;

    @Override
    public String what() {
        return "Checkout Sessions";
    }

    @Override
    public Duration kept() {
        return Duration.ofDays(7);
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
