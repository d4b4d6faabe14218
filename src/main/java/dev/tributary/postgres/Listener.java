package dev.tributary.postgres;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A connection that listens on one channel and knows when it has gone deaf.
 *
 * <p>A server that dies silently sends no close event (measured), so the connection is asked {@code SELECT 1} every 500 ms
 * and given 500 ms to answer; a miss closes it and a new one is made, which listens first and then reports, because
 * whatever was sent in between is gone. It must be a direct connection, not one through a transaction pooler.
 */
public final class Listener {
    private static final Logger LOG = Logger.getLogger(Listener.class);
    private static final long HEARTBEAT_MILLIS = 500;
    private static final long CONNECT_MILLIS = 2_000;

    private final Vertx vertx;
    private final DirectConnections connections;
    private final String channel;
    private final Runnable onNews;
    private @Nullable Context context;
    private @Nullable PgConnection connection;
    private volatile boolean stopped;

    /** Calls {@code onNews} after each notification and after each reconnection, on an event loop. */
    Listener(Vertx vertx, DirectConnections connections, String channel, Runnable onNews) {
        this.vertx = vertx;
        this.connections = connections;
        this.channel = "tributary_" + channel;
        this.onNews = onNews;
    }

    public void start() {
        Context own = vertx.getOrCreateContext();
        context = own;
        own.runOnContext(run -> connect());
    }

    public void stop() {
        stopped = true;
        if (context != null) context.runOnContext(run -> drop());
    }

    private void connect() {
        if (stopped) return;
        // A stopped server accepts the connection and then says nothing, so the whole attempt has a deadline.
        AtomicBoolean decided = new AtomicBoolean();
        long deadline = vertx.setTimer(CONNECT_MILLIS, timer -> {
            if (decided.compareAndSet(false, true)) connect();
        });
        connections.open().onComplete(attempt -> {
            vertx.cancelTimer(deadline);
            boolean inTime = decided.compareAndSet(false, true);
            if (attempt.succeeded() && inTime) connected(attempt.result());
            else if (attempt.succeeded()) attempt.result().close();
            else if (inTime) vertx.setTimer(HEARTBEAT_MILLIS, timer -> connect());
        });
    }

    private void connected(PgConnection fresh) {
        connection = fresh;
        fresh.notificationHandler(notification -> onNews.run());
        fresh.closeHandler(closed -> lost(fresh));
        long deadline = vertx.setTimer(HEARTBEAT_MILLIS, timer -> lost(fresh));
        fresh.query("LISTEN " + channel).execute().onComplete(answer -> {
            vertx.cancelTimer(deadline);
            if (answer.failed()) {
                lost(fresh);
            } else {
                onNews.run();
                vertx.setTimer(HEARTBEAT_MILLIS, timer -> beat(fresh));
            }
        });
    }

    private void beat(PgConnection fresh) {
        if (connection != fresh || stopped) return;
        long deadline = vertx.setTimer(HEARTBEAT_MILLIS, timer -> lost(fresh));
        fresh.query("SELECT 1").execute().onComplete(answer -> {
            vertx.cancelTimer(deadline);
            if (answer.failed()) lost(fresh);
            else vertx.setTimer(HEARTBEAT_MILLIS, timer -> beat(fresh));
        });
    }

    private void lost(PgConnection old) {
        if (connection != old) return;
        LOG.debugf("The connection listening on %s is lost", channel);
        drop();
        vertx.setTimer(HEARTBEAT_MILLIS, timer -> connect());
    }

    private void drop() {
        PgConnection old = connection;
        connection = null;
        if (old != null) old.close();
    }
}
