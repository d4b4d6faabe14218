package dev.tributary.click;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the lander's own thread waits: always with an end. */
final class Wait {
    /** A thousand rows land in some 20 ms; a server that needs longer than this is stuck or gone. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private Wait() {}

    static <T> T forAnswer(Future<T> future) {
        return atMost(ANSWER, future);
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
