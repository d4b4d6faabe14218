package dev.tributary.postgres;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool of connections, with what the extension has no settings for. Who waits for a connection waits in a bounded
 * queue: beyond it callers are refused at once, because an overload that only queues ends with nobody being answered in
 * time. And long statements are kept prepared, too: by default the client remembers only those of fewer than 2,048
 * characters, so that the longest, which are the dearest to plan, would be planned again each time they run.
 */
@Singleton
class BoundedPool implements PgPoolCreator {
    /** Some sixteen for each connection: two seconds' worth of slow requests. */
    static final int WAITING = 256;
    /** The client's own bound, written down: whoever gave up before ({@link Transactions#DEADLINE}) is passed over. */
    private static final int WAIT_SECONDS = 30;
    /** Longer than any of ours; a text made of values, which would be another each time, has no place here. */
    private static final int LONGEST = 16_384;
    /** A connection's; all statements of the application, with their variants. */
    private static final int MOST = 512;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(options -> options.setPreparedStatementCacheSqlLimit(LONGEST)
                .setPreparedStatementCacheMaxSize(MOST));
        return PgBuilder.pool()
                .with(input.poolOptions()
                        .setMaxWaitQueueSize(WAITING)
                        .setConnectionTimeout(WAIT_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
