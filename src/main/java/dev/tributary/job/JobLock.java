package dev.tributary.job;

import dev.tributary.postgres.DirectConnections;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The right to run one job: a session advisory lock on a connection of its own, gone with that connection, so a killed
 * process leaves nothing to clean up.
 *
 * <p>A machine that vanishes closes no connection: the server is asked to probe this one after 10 s of silence and to give
 * it up 15 s later. On this side an answer that does not come in ten seconds means that the lock is lost.
 */
final class JobLock {
    private static final Logger LOG = Logger.getLogger(JobLock.class);
    private static final long CONNECT_MILLIS = 2_000;
    private static final long ANSWER_MILLIS = 10_000;
    /** A number that no other room gives its locks; the second half is the job's name, hashed as Java specifies. */
    private static final int LOCK_CLASS = 20_563;

    private static final String SESSION =
            """
            SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
            SET tcp_user_timeout = '25s'; SET idle_session_timeout = 0
            """;
    private static final String TAKE = """
            SELECT pg_try_advisory_lock($1, $2)
            """;
    private static final String BEAT = """
            SELECT 1
            """;

    private final Vertx vertx;
    private final PgConnection connection;

    private JobLock(Vertx vertx, PgConnection connection) {
        this.vertx = vertx;
        this.connection = connection;
    }

    /** The lock, or empty while somebody holds it; fails when PostgreSQL does not answer. */
    static Future<Optional<JobLock>> take(Vertx vertx, DirectConnections connections, String job) {
        return connect(vertx, connections).compose(fresh -> {
            long deadline = vertx.setTimer(CONNECT_MILLIS, timer -> fresh.close());
            return fresh.query(SESSION)
                    .execute()
                    .compose(set -> fresh.preparedQuery(TAKE).execute(Tuple.of(LOCK_CLASS, job.hashCode())))
                    .map(rows -> rows.iterator().next().getBoolean(0))
                    .map(taken -> taken ? Optional.of(new JobLock(vertx, fresh)) : Optional.<JobLock>empty())
                    .onComplete(answer -> {
                        vertx.cancelTimer(deadline);
                        if (answer.failed() || answer.result().isEmpty()) fresh.close();
                    });
        });
    }

    private static Future<PgConnection> connect(Vertx vertx, DirectConnections connections) {
        Promise<PgConnection> opened = Promise.promise();
        long deadline = vertx.setTimer(CONNECT_MILLIS, timer -> opened.tryFail("PostgreSQL did not answer"));
        connections.open().onComplete(attempt -> {
            vertx.cancelTimer(deadline);
            if (attempt.failed()) opened.tryFail(attempt.cause());
            else if (!opened.tryComplete(attempt.result())) attempt.result().close();
        });
        return opened.future();
    }

    /** Tells when the connection is gone, and with it the lock. */
    void onLoss(Runnable action) {
        connection.exceptionHandler(failure -> LOG.debugf("The connection of a job's lock: %s", failure.getMessage()));
        connection.closeHandler(closed -> action.run());
    }

    /** Asks whether the server is still there; a silence closes the connection. */
    void beat() {
        long deadline = vertx.setTimer(ANSWER_MILLIS, timer -> connection.close());
        connection.query(BEAT).execute().onComplete(answer -> {
            vertx.cancelTimer(deadline);
            if (answer.failed()) connection.close();
        });
    }

    Future<Void> release() {
        return connection.close();
    }
}
