package dev.tributary.promo.stripe;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads of the table {@code stripe_coupon} for people and for metrics. */
@ApplicationScoped
class StripeCouponQueries {
    private static final String COLUMNS =
            """
            SELECT s.code_id, d.code, s.state, s.coupon_id, s.promotion_code_id, s.active, s.last_error, s.failures, s.synced_at,
                   s.next_attempt_at
              FROM stripe_coupon s JOIN discount_code d ON d.id = s.code_id
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE s.code_id < $1 AND ($3::text IS NULL OR s.state = $3)
             ORDER BY s.code_id DESC LIMIT $2
            """;
    private static final String FIND = COLUMNS + " WHERE s.code_id = $1";
    /** Those in step are many and tell nothing: only the rest is counted, by the index on the state. */
    private static final String COUNT =
            """
            SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'refused') AS refused
              FROM stripe_coupon WHERE state IN ('waiting', 'refused')
            """;

    record Counts(long waiting, long refused) {}

    Uni<List<StripeCouponView.Entry>> list(SqlConnection c, UUID before, int limit, @Nullable String state) {
        return c.preparedQuery(LIST).execute(Tuple.of(before, limit, state)).map(StripeCouponQueries::read);
    }

    /** Empty for a code that was never looked at. */
    Uni<Optional<StripeCouponView>> find(SqlConnection c, UUID code) {
        return c.preparedQuery(FIND).execute(Tuple.of(code)).map(rows -> read(rows).stream()
                .map(StripeCouponView.Entry::view)
                .findFirst());
    }

    Uni<Counts> counts(SqlConnection c) {
        return c.preparedQuery(COUNT).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new Counts(row.getLong("waiting"), row.getLong("refused"));
        });
    }

    private static List<StripeCouponView.Entry> read(RowSet<Row> rows) {
        List<StripeCouponView.Entry> found = new ArrayList<>(rows.size());
        for (Row row : rows) found.add(StripeCouponView.read(row));
        return found;
    }
}
