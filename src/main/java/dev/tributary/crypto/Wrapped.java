package dev.tributary.crypto;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.function.Function;

/** Rows of one room whose keys the master key wraps; found by CDI, wrapped anew by the job {@code rewrap} when it changed. */
public interface Wrapped {
    /** A plural for people, such as {@code tax forms}. */
    String what();

    /**
     * Wraps anew under the present master key, at most so many and well within a transaction's deadline; answers how many there
     * were, 0 when all are.
     */
    Uni<Integer> rewrap(SqlConnection tx, int atMost);

    /** Writes rows anew by one statement in one batch, each with what is made of it; answers how many they were. */
    static Uni<Integer> write(SqlConnection tx, Multi<Row> rows, String statement, Function<Row, Tuple> anew) {
        return rows.map(anew)
                .collect()
                .asList()
                .chain(all -> all.isEmpty()
                        ? Uni.createFrom().item(0)
                        : tx.preparedQuery(statement).executeBatch(all).replaceWith(all.size()));
    }
}
