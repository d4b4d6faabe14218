package dev.tributary.embedded;

import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts the stores that dev mode was not given an address for, and tells the application where they are. */
public final class EmbeddedStores {
    private EmbeddedStores() {}

    /**
     * Sets {@code quarkus.datasource.*} and {@code quarkus.redis.hosts} as system properties for each store whose address
     * is unset. Data stays in {@code target/embedded/dev}, so a restart keeps it; {@code ./mvnw clean} forgets it.
     */
    public static void startWhereUnset() {
        Config config = ConfigProvider.getConfig();
        Path home = Path.of(System.getProperty("tributary.embedded.dir", "target/embedded/dev"));
        if (config.getOptionalValue("quarkus.datasource.reactive.url", String.class)
                .isEmpty()) {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("postgres"));
            postgres.createDatabase("tributary");
            System.setProperty("quarkus.datasource.reactive.url", postgres.url("tributary"));
            System.setProperty("quarkus.datasource.username", EmbeddedPostgres.USER);
            System.setProperty("quarkus.datasource.password", "");
            stopAtExit("stop-embedded-postgres", postgres::stopAfterClients);
        }
        if (config.getOptionalValue("quarkus.redis.hosts", String.class).isEmpty()) {
            EmbeddedRedis redis = EmbeddedRedis.start(home.resolve("redis"));
            System.setProperty("quarkus.redis.hosts", redis.url());
            stopAtExit("stop-embedded-redis", redis::stop);
        }
    }

    /** One hook a store and a virtual machine: dev mode runs this again after every live reload. */
    private static void stopAtExit(String name, Runnable stop) {
        if (System.getProperty("tributary." + name) != null) return;
        System.setProperty("tributary." + name, "registered");
        Runtime.getRuntime().addShutdownHook(new Thread(stop, name));
    }

    /** Starts both stores in the directory given, prints their addresses and waits to be stopped; for load tests. */
    public static void main(String[] args) throws InterruptedException {
        Path home = Path.of(args[0]);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("postgres"));
        postgres.createDatabase("tributary");
        EmbeddedRedis redis = EmbeddedRedis.start(home.resolve("redis"));
        System.out.println("QUARKUS_DATASOURCE_REACTIVE_URL=" + postgres.url("tributary"));
        System.out.println("QUARKUS_DATASOURCE_USERNAME=" + EmbeddedPostgres.USER);
        System.out.println("QUARKUS_REDIS_HOSTS=" + redis.url());
        System.out.println("POSTGRES_PORT=" + postgres.port());
        System.out.println("POSTGRES_BIN=" + postgres.binaries());
        System.out.println("POSTGRES_PID=" + postgres.pid());
        System.out.println("REDIS_PID=" + redis.pid());
        System.out.println("READY");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            redis.stop();
            postgres.stop();
        }));
        Thread.currentThread().join();
    }
}
