package dev.tributary.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis that all requests share, each with a deadline: the pool gives a connection to one command at a
 * time and would turn the rest of a burst away. After a failure Redis is left alone for a moment, so that a Redis that is
 * away or stands still costs a request now and then its deadline, and the others nothing.
 */
@ApplicationScoped
public class RedisLine {
    private static final Logger LOG = Logger.getLogger(RedisLine.class);
    private static final Duration REST = Duration.ofMillis(500);
    /** Commands under way: some milliseconds of a Redis at its limit. */
    private static final int MOST_WAITING = 2_000;
    /** An error that Redis answers to a command and that says nothing about its health. */
    private static final String NO_SCRIPT = "NOSCRIPT";

    private final Redis redis;
    private final Duration deadline;
    private final AtomicInteger waiting = new AtomicInteger();
    private @Nullable Uni<RedisConnection> line;
    private @Nullable RedisConnection open;
    private volatile long restUntil;
    private volatile boolean resting;

    RedisLine(Redis redis, @ConfigProperty(name = "quarkus.redis.timeout") Duration deadline) {
        this.redis = redis;
        this.deadline = deadline;
    }

    /** The answer; fails within the deadline, at once while Redis is left alone. It may arrive on another context. */
    public Uni<Response> send(Request request) {
        if (resting && System.nanoTime() - restUntil < 0) return away("Redis is away");
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return away("Redis does not keep up");
        }
        return connection()
                .chain(connection -> connection.send(request))
                .ifNoItem()
                .after(deadline)
                .fail()
                .onFailure(failure -> !noScript(failure))
                .invoke(this::lost)
                .onTermination()
                .invoke(() -> waiting.decrementAndGet());
    }

    /** Whether Redis says that it does not know the script which {@code EVALSHA} named. */
    public static boolean noScript(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith(NO_SCRIPT);
    }

    private static Uni<Response> away(String why) {
        return Uni.createFrom().failure(new IOException(why));
    }

    /** One attempt to connect at a time, however long it takes: nobody waits for it longer than a command's deadline. */
    private synchronized Uni<RedisConnection> connection() {
        resting = false;
        if (line != null) return line;
        Uni<RedisConnection> attempt = redis.connect().memoize().indefinitely();
        line = attempt;
        attempt.subscribe().with(this::opened, failure -> forget(attempt));
        return attempt;
    }

    private synchronized void opened(RedisConnection connection) {
        open = connection;
    }

    private synchronized void forget(Uni<RedisConnection> attempt) {
        if (line == attempt) line = null;
    }

    private synchronized void lost(Throwable failure) {
        LOG.debugf("Redis did not answer: %s", failure.getMessage());
        restUntil = System.nanoTime() + REST.toNanos();
        resting = true;
        RedisConnection old = open;
        if (old == null) return;
        open = null;
        line = null;
        old.close().subscribe().with(closed -> {}, ignored -> {});
    }
}
