package dev.tributary.crypto;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Rows of one room whose keys the master key wraps; found by CDI, wrapped anew by the job {@code rewrap} when it changed. */
public interface Wrapped {
    /** A plural for people, such as {@code tax forms}. */
    String what();

    /**
     * Wraps anew under the present master key, at most so many and well within a transaction's deadline; answers how many there
     * were, 0 when all are.
     */
    Uni<Integer> rewrap(SqlConnection tx, int atMost);
}
