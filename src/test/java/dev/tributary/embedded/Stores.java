package dev.tributary.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/** Gives a test real, empty stores: a fresh database on one PostgreSQL server and a flushed Redis, shared by all tests. */
public final class Stores implements QuarkusTestResourceLifecycleManager {
    private static final Path HOME = Path.of("target/embedded/test");
    private static final String DATABASE = "tributary_test";

    private static EmbeddedPostgres postgres;
    private static EmbeddedRedis redis;

    public static synchronized EmbeddedPostgres postgres() {
        if (postgres == null) {
            postgres = EmbeddedPostgres.start(HOME.resolve("postgres"));
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
        }
        return postgres;
    }

    public static synchronized EmbeddedRedis redis() {
        if (redis == null) {
            redis = EmbeddedRedis.start(HOME.resolve("redis"));
            Runtime.getRuntime().addShutdownHook(new Thread(redis::stop));
        }
        return redis;
    }

    @Override
    public Map<String, String> start() {
        postgres().recreateDatabase(DATABASE);
        return Map.of(
                "quarkus.datasource.reactive.url", postgres().url(DATABASE),
                "quarkus.datasource.username", EmbeddedPostgres.USER,
                "quarkus.redis.hosts", redis().url());
    }

    @Override
    public void stop() {
        // The servers serve the next test class too; the shutdown hooks stop them.
    }
}
