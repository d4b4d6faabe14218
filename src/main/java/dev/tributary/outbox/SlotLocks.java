package dev.tributary.outbox;

import dev.tributary.postgres.DirectConnections;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The slots one relay owns: session advisory locks on a connection of its own, gone with that connection. Used on one
 * event loop context.
 */
final class SlotLocks {
    private static final long DEADLINE_MILLIS = 1_000;
    /** Any number that no other room gives its locks. */
    private static final int LOCK_CLASS = 20_562;

    private static final String TAKE =
            """
            SELECT slot FROM generate_series(0, 15) AS slot
             WHERE slot <> ALL($2::int[]) AND pg_try_advisory_lock($1, slot)
            """;

    private final Vertx vertx;
    private final DirectConnections connections;
    private final Set<Integer> owned = new TreeSet<>();
    private @Nullable PgConnection connection;

    SlotLocks(Vertx vertx, DirectConnections connections) {
        this.vertx = vertx;
        this.connections = connections;
    }

    /** Takes what is free and answers all that is owned; a connection that does not answer in a second is given up. */
    Future<Set<Integer>> hold() {
        PgConnection live = connection;
        return live == null ? connect().compose(this::take) : take(live);
    }

    void release() {
        PgConnection old = connection;
        connection = null;
        owned.clear();
        if (old != null) old.close();
    }

    private Future<PgConnection> connect() {
        Promise<PgConnection> opened = Promise.promise();
        long deadline = vertx.setTimer(DEADLINE_MILLIS, timer -> opened.tryFail("PostgreSQL did not answer"));
        connections.open().onComplete(attempt -> {
            vertx.cancelTimer(deadline);
            if (attempt.failed()) opened.tryFail(attempt.cause());
            else if (!opened.tryComplete(attempt.result())) attempt.result().close();
        });
        return opened.future().onSuccess(fresh -> {
            connection = fresh;
            fresh.closeHandler(closed -> {
                if (connection == fresh) release();
            });
        });
    }

    private Future<Set<Integer>> take(PgConnection live) {
        long deadline = vertx.setTimer(DEADLINE_MILLIS, timer -> live.close());
        return live.preparedQuery(TAKE)
                .execute(Tuple.of(LOCK_CLASS, (Object) owned.toArray(Integer[]::new)))
                .onComplete(answer -> {
                    vertx.cancelTimer(deadline);
                    if (answer.failed()) release();
                })
                .map(rows -> {
                    rows.forEach(row -> owned.add(row.getInteger("slot")));
                    return Set.copyOf(owned);
                });
    }
}
