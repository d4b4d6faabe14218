package dev.tributary.postgres;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one way to a transaction. Each has a deadline of three seconds, because a PostgreSQL that is stopped still
 * accepts connections and would otherwise be waited for without end. Nobody can take a statement back that was sent,
 * nor a place in the queue for connections: work whose deadline has passed is not begun when a connection comes at
 * last, and is rolled back where it had begun. Only a commit that was sent before the deadline may still take effect
 * after it.
 */
@ApplicationScoped
public class Transactions {
    /** Below the three seconds in which the API promises an answer while PostgreSQL hangs. */
    public static final Duration DEADLINE = Duration.ofMillis(2_500);

    /** Each breaks one circle; three in a row are a design mistake that must show. */
    private static final int DEADLOCK_RETRIES = 2;

    private static final long PAUSE_MILLIS = 50;

    private final Pool pool;
    private final Vertx vertx;
    /** What open transactions asked for, by identity; as many as the pool has connections. */
    private final Map<SqlConnection, Set<Runnable>> afterCommit = Collections.synchronizedMap(new IdentityHashMap<>());

    Transactions(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    /**
     * Runs the work in one transaction: committed when it succeeds, rolled back when it fails or takes too long. Work
     * that PostgreSQL ended to break a deadlock is done again from its beginning, so it must do nothing but through its
     * connection. Refused at once where too many wait for a connection.
     */
    public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
        return transaction(DEADLINE, work);
    }

    /**
     * The same with a deadline of its own, for work by the thousand that no request waits for: it also waits as long
     * for its place in a queue that is full.
     */
    public <T> Uni<T> run(Duration deadline, Function<SqlConnection, Uni<T>> work) {
        return queued(deadline, () -> transaction(deadline, work));
    }

    private <T> Uni<T> transaction(Duration deadline, Function<SqlConnection, Uni<T>> work) {
        return once(deadline, work).onFailure(Transactions::deadlocked).retry().atMost(DEADLOCK_RETRIES);
    }

    private static boolean deadlocked(Throwable failure) {
        return failure instanceof PgException refusal && "40P01".equals(refusal.getSqlState());
    }

    private <T> Uni<T> once(Duration deadline, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            AtomicBoolean over = new AtomicBoolean();
            return pool.withTransaction(tx -> begun(over, () -> work.apply(tx))
                            .onItemOrFailure()
                            .transformToUni((done, failure) -> ended(tx, over, done, failure)))
                    .invoke(Ended::run)
                    .<T>map(Ended::item)
                    .ifNoItem()
                    .after(deadline)
                    .fail()
                    .onFailure()
                    .invoke(() -> over.set(true));
        });
    }

    /** Work that succeeded, with what is to be done once it has committed. */
    private record Ended<T>(T item, Set<Runnable> actions) {
        void run() {
            actions.forEach(Runnable::run);
        }
    }

    @SuppressWarnings("NullAway") // work may well end without an item
    private <T> Uni<Ended<T>> ended(SqlConnection tx, AtomicBoolean over, T done, Throwable failure) {
        Set<Runnable> actions = afterCommit.remove(tx);
        if (failure != null) return Uni.createFrom().failure(failure);
        if (over.get()) return Uni.createFrom().failure(new TimeoutException());
        return Uni.createFrom().item(new Ended<>(done, actions == null ? Set.of() : actions));
    }

    private static <T> Uni<T> begun(AtomicBoolean over, Supplier<Uni<T>> work) {
        return over.get() ? Uni.createFrom().failure(new TimeoutException()) : work.get();
    }

    /** Again and again until there is room in the queue for connections, on the same thread. */
    private <T> Uni<T> queued(Duration atMost, Supplier<Uni<T>> attempt) {
        return Uni.createFrom().deferred(() -> queued(System.nanoTime() + atMost.toNanos(), attempt));
    }

    private <T> Uni<T> queued(long until, Supplier<Uni<T>> attempt) {
        return attempt.get()
                .onFailure(ConnectionPoolTooBusyException.class)
                .recoverWithUni(busy -> System.nanoTime() - until > 0
                        ? Uni.createFrom().failure(busy)
                        : pause().chain(() -> queued(until, attempt)));
    }

    private Uni<Void> pause() {
        return Uni.createFrom().emitter(waiting -> vertx.setTimer(PAUSE_MILLIS, timer -> waiting.complete(null)));
    }

    /**
     * Runs the action once after the transaction commits, and never if it does not; asked for twice, it still runs
     * once. It must be quick and must not fail. The connection is one that {@link #run} gave to its work.
     */
    public void afterCommit(SqlConnection tx, Runnable action) {
        afterCommit.computeIfAbsent(tx, opened -> new LinkedHashSet<>()).add(action);
    }

    /** Runs reads on one connection, outside a transaction, under the same deadline. */
    public <T> Uni<T> read(Function<SqlConnection, Uni<T>> work) {
        return reading(DEADLINE, work);
    }

    /**
     * The same with a deadline of its own, for reads that no request waits for; they wait as long for their place, too.
     */
    public <T> Uni<T> read(Duration deadline, Function<SqlConnection, Uni<T>> work) {
        return queued(deadline, () -> reading(deadline, work));
    }

    private <T> Uni<T> reading(Duration deadline, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            AtomicBoolean over = new AtomicBoolean();
            return pool.withConnection(c -> begun(over, () -> work.apply(c)))
                    .ifNoItem()
                    .after(deadline)
                    .fail()
                    .onFailure()
                    .invoke(() -> over.set(true));
        });
    }
}
