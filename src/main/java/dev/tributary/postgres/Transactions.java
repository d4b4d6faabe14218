package dev.tributary.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;

/**
 * The one way to a transaction. Each has a deadline of three seconds, because a PostgreSQL that is stopped still accepts
 * connections and would otherwise be waited for without end; past it the connection is closed, which rolls back.
 */
@ApplicationScoped
public class Transactions {
    /** Below the three seconds in which the API promises an answer while PostgreSQL hangs. */
    public static final Duration DEADLINE = Duration.ofMillis(2_500);

    private final Pool pool;

    Transactions(Pool pool) {
        this.pool = pool;
    }

    /** Runs the work in one transaction: committed when it succeeds, rolled back when it fails or takes too long. */
    public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work).ifNoItem().after(DEADLINE).fail();
    }

    /** Runs reads on one connection, outside a transaction, under the same deadline. */
    public <T> Uni<T> read(Function<SqlConnection, Uni<T>> work) {
        return pool.withConnection(work).ifNoItem().after(DEADLINE).fail();
    }
}
