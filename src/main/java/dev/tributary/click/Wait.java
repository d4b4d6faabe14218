package dev.tributary.click;

import dev.tributary.postgres.DirectConnections;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How threads that may block wait, the lander's and the jobs': always with an end. */
final class Wait {
    /** A thousand rows land in some 20 ms; a server that needs longer than this is stuck or gone. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final Duration CONNECT = Duration.ofSeconds(3);

    private Wait() {}

    static <T> T forAnswer(Future<T> future) {
        return atMost(ANSWER, future);
    }

    /** A connection of the caller's own, which closes it; one that comes too late is closed here. */
    static PgConnection forConnection(DirectConnections connections) {
        Future<PgConnection> attempt = connections.open();
        try {
            return atMost(CONNECT, attempt);
        } catch (RuntimeException e) {
            attempt.onSuccess(PgConnection::close);
            throw e;
        }
    }

    /** The answer, or what went wrong; a {@link CompletionException} where it took too long. */
    static <T> T atMost(Duration limit, Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException("No answer within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
