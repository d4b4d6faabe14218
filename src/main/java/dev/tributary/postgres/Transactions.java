package dev.tributary.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a transaction. Each has a deadline of three seconds, because a PostgreSQL that is stopped still accepts
 * connections and would otherwise be waited for without end; past it the connection is closed, which rolls back.
 */
@ApplicationScoped
public class Transactions {
    /** Below the three seconds in which the API promises an answer while PostgreSQL hangs. */
    public static final Duration DEADLINE = Duration.ofMillis(2_500);

    /** Each breaks one circle; three in a row are a design mistake that must show. */
    private static final int DEADLOCK_RETRIES = 2;

    private final Pool pool;
    /** What open transactions asked for, by identity; as many as the pool has connections. */
    private final Map<SqlConnection, Set<Runnable>> afterCommit = Collections.synchronizedMap(new IdentityHashMap<>());

    Transactions(Pool pool) {
        this.pool = pool;
    }

    /**
     * Runs the work in one transaction: committed when it succeeds, rolled back when it fails or takes too long. Work that
     * PostgreSQL ended to break a deadlock is done again from its beginning, so it must do nothing but through its
     * connection.
     */
    public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
        return run(DEADLINE, work);
    }

    /** The same with a deadline of its own, for work by the thousand that no request waits for. */
    public <T> Uni<T> run(Duration deadline, Function<SqlConnection, Uni<T>> work) {
        return once(deadline, work).onFailure(Transactions::deadlocked).retry().atMost(DEADLOCK_RETRIES);
    }

    private static boolean deadlocked(Throwable failure) {
        return failure instanceof PgException refusal && "40P01".equals(refusal.getSqlState());
    }

    private <T> Uni<T> once(Duration deadline, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            AtomicReference<@Nullable SqlConnection> used = new AtomicReference<>();
            return pool.withTransaction(tx -> {
                        used.set(tx);
                        return work.apply(tx);
                    })
                    .ifNoItem()
                    .after(deadline)
                    .fail()
                    .onItemOrFailure()
                    .invoke((done, failure) -> end(used.get(), failure == null));
        });
    }

    /**
     * Runs the action once after the transaction commits, and never if it does not; asked for twice, it still runs once. It
     * must be quick and must not fail. The connection is one that {@link #run} gave to its work.
     */
    public void afterCommit(SqlConnection tx, Runnable action) {
        afterCommit.computeIfAbsent(tx, opened -> new LinkedHashSet<>()).add(action);
    }

    private void end(@Nullable SqlConnection used, boolean committed) {
        Set<Runnable> actions = used == null ? null : afterCommit.remove(used);
        if (actions != null && committed) actions.forEach(Runnable::run);
    }

    /** Runs reads on one connection, outside a transaction, under the same deadline. */
    public <T> Uni<T> read(Function<SqlConnection, Uni<T>> work) {
        return read(DEADLINE, work);
    }

    /** The same with a deadline of its own, for reads that no request waits for. */
    public <T> Uni<T> read(Duration deadline, Function<SqlConnection, Uni<T>> work) {
        return pool.withConnection(work).ifNoItem().after(deadline).fail();
    }
}
