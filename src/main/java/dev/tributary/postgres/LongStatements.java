package dev.tributary.postgres;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps long statements prepared, too. By default the client remembers only those of fewer than 2,048 characters, so that
 * the longest, which are the dearest to plan, would be planned again each time they run.
 */
@Singleton
class LongStatements implements PgPoolCreator {
    /** Longer than any of ours; a text made of values, which would be another each time, has no place here. */
    private static final int LONGEST = 16_384;
    /** A connection's; all statements of the application, with their variants. */
    private static final int MOST = 512;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(options -> options.setPreparedStatementCacheSqlLimit(LONGEST)
                .setPreparedStatementCacheMaxSize(MOST));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
