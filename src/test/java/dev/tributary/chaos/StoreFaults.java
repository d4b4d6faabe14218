package dev.tributary.chaos;

import dev.tributary.embedded.EmbeddedPostgres;
import dev.tributary.embedded.EmbeddedRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What is done to PostgreSQL and Redis while visitors click. */
final class StoreFaults {
    /** Clicks made in the first moments of a fault may have landed before it took hold. */
    private static final Duration HOLD = Duration.ofMillis(500);

    private final House house;
    private final Dose dose;

    StoreFaults(House house, Dose dose) {
        this.house = house;
        this.dose = dose;
    }

    Outcome postgresKilled() {
        EmbeddedPostgres postgres = house.postgres();
        return during("PostgreSQL kill -9", postgres::kill, postgres::restart);
    }

    Outcome postgresFrozen() {
        EmbeddedPostgres postgres = house.postgres();
        return during("PostgreSQL SIGSTOP", postgres::freeze, postgres::thaw);
    }

    Outcome redisKilled() {
        EmbeddedRedis redis = house.redis();
        return during("Redis kill -9", redis::kill, redis::restart);
    }

    Outcome redisFrozen() {
        EmbeddedRedis redis = house.redis();
        return during("Redis SIGSTOP", redis::freeze, redis::thaw);
    }

    Outcome redisFlushed() {
        return during("Redis FLUSHALL", () -> redis("FLUSHALL"), () -> redis("FLUSHALL"));
    }

    /** A replica of a master that is not there refuses every write and answers every read. */
    Outcome redisReadOnly() {
        return during("Redis READONLY", () -> redis("REPLICAOF 127.0.0.1 1"), () -> redis("REPLICAOF NO ONE"));
    }

    /** With one byte to live in and nothing that may be evicted, Redis refuses every write. */
    Outcome redisFull() {
        return during(
                "Redis out of memory",
                () -> {
                    redis("CONFIG SET maxmemory-policy noeviction");
                    redis("CONFIG SET maxmemory 1");
                },
                () -> {
                    redis("CONFIG SET maxmemory 512mb");
                    redis("CONFIG SET maxmemory-policy volatile-lru");
                });
    }

    /** So many clicks pile up in the journal, and drain while visitors go on clicking. */
    Outcome backlog() {
        EmbeddedPostgres postgres = house.postgres();
        return during(
                "backlog of %d clicks".formatted(dose.backlog()),
                postgres::kill,
                load -> load.runFor(dose.backlog()),
                postgres::restart);
    }

    private void redis(String command) {
        RedisCommand.ok(house.redis().port(), command);
    }

    private Outcome during(String name, Runnable begin, Runnable end) {
        return during(name, begin, load -> load.run(dose.fault()), end);
    }

    private Outcome during(String name, Runnable begin, Consumer<ClickLoad> last, Runnable end) {
        PackagedApp app = house.app();
        try (Liveness liveness = new Liveness(app);
                ClickLoad load = ClickLoad.start(
                        app.port(), Visits.ordinary(name.hashCode()), dose.connections(), dose.perSecond())) {
            load.run(dose.calm());
            Instant began = Instant.now();
            long from = System.nanoTime();
            begin.run();
            last.accept(load);
            end.run();
            long to = System.nanoTime();
            long resume = house.awaitLanding(house.books(), began.plus(HOLD), dose.settle());
            load.run(dose.calm());
            LoadReport report = load.stop();
            Outcome outcome = house.settle(
                    name, house.books(), report, report.redirectedPercent(), report.p99Millis(from, to), resume, dose);
            String watch = ", liveness failed %d, heap %d MB".formatted(liveness.failed(), app.heapMegabytes());
            return outcome.noting(watch);
        }
    }
}
