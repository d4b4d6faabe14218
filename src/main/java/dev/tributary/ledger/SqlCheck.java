package dev.tributary.ledger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A check that is one query and nothing else: a room produces it with {@code @Produces @Singleton}.
 *
 * @param sql answers one text a breach, with {@code LIMIT $1}
 */
public record SqlCheck(String name, String claim, String sql) implements BookCheck {
    @Override
    public Uni<List<String>> breaches(SqlConnection c, int atMost) {
        return c.preparedQuery(sql).execute(Tuple.of(atMost)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getString(0))
                .toList());
    }
}
