package dev.tributary.chaos;

import dev.tributary.embedded.EmbeddedPostgres;
import dev.tributary.embedded.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A PostgreSQL, a Redis and the packaged application on them, all of them real processes that may be killed. */
final class House implements AutoCloseable {
    /** For processes that live for seconds: the second compiler and a collector with threads of its own take more than they give. */
    static final Map<String, String> SHORT_LIVED =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

    private static final String DATABASE = "tributary_chaos";
    /** As many virtual machines as run tests at once. */
    private static final int MOST = 16;

    private static final Path STORES = free();

    private final Path home;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final Map<String, String> environment;
    private final PackagedApp app;

    /** Starts the stores, empty; the application starts when a fault needs it. */
    House(Path home) {
        this(home, home, Map.of());
    }

    /**
     * The environment given is every application's. Its stores lie where those of the houses before it lay, which were unpacked
     * and initialized once for all test classes of this virtual machine.
     */
    House(Path home, Map<String, String> environment) {
        this(home, STORES, environment);
    }

    private House(Path home, Path stores, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
        postgres = EmbeddedPostgres.start(stores.resolve("postgres"));
        postgres.recreateDatabase(DATABASE);
        redis = EmbeddedRedis.start(stores.resolve("redis"));
        RedisCommand.ok(redis.port(), "FLUSHALL");
        app = newApp("app", Map.of());
    }

    /** A directory that is this virtual machine's as long as it lives: its lock is never given back. */
    private static Path free() {
        try {
            Files.createDirectories(Path.of("target"));
            for (int n = 1; n <= MOST; n++) {
                FileChannel lock = FileChannel.open(
                        Path.of("target/stores-%d.lock".formatted(n)),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                if (lock.tryLock() != null) return Path.of("target/stores-" + n);
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("More than %d virtual machines run tests".formatted(MOST));
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    EmbeddedRedis redis() {
        return redis;
    }

    Path home() {
        return home;
    }

    /** The application, running. */
    PackagedApp app() {
        if (!app.running()) app.start();
        return app;
    }

    /** Another application on the same stores with a new directory, not started. The environment given wins. */
    PackagedApp newApp(String name, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                postgres.url(DATABASE),
                "QUARKUS_DATASOURCE_USERNAME",
                EmbeddedPostgres.USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                "any",
                "QUARKUS_REDIS_HOSTS",
                redis.url(),
                "TRIBUTARY_DEMO",
                "true"));
        all.putAll(this.environment);
        all.putAll(environment);
        Path directory = home.resolve(name);
        forget(directory);
        return new PackagedApp(directory, all);
    }

    Books books() {
        return books(DATABASE);
    }

    Books books(String database) {
        return new Books("jdbc:" + postgres.url(database), EmbeddedPostgres.USER);
    }

    /** Waits until a click made at or after the moment has landed; answers how long that took, -1 for never. */
    long awaitLanding(Books books, Instant madeAt, Duration limit) {
        long from = System.nanoTime();
        while (!books.landedSince(madeAt)) {
            if (System.nanoTime() - from > limit.toNanos()) return -1;
            PackagedApp.pause();
        }
        return Duration.ofNanos(System.nanoTime() - from).toMillis();
    }

    /** Waits for the landing of everything acknowledged, then casts the accounts. */
    Outcome settle(String fault, Books books, LoadReport report, double percent, double p99, long resume, Dose dose) {
        List<UUID> acknowledged = report.acknowledged();
        long from = System.nanoTime();
        int lost = books.awaitAll(acknowledged, dose.settle()).size();
        String note = "landed %d ms after the load".formatted((System.nanoTime() - from) / 1_000_000);
        return new Outcome(
                fault,
                acknowledged.size(),
                lost,
                books.duplicated(),
                books.rollupMinusRows(),
                percent,
                p99,
                resume,
                note);
    }

    private static void forget(Path directory) {
        if (!Files.exists(directory)) return;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        app.close();
        redis.stop();
        postgres.stop();
    }
}
