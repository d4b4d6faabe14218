package dev.tributary.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/** What is done to the application itself while visitors click. */
final class AppFaults {
    /** The promise of security.md: after SIGTERM the process is gone within this. */
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(30);

    private final House house;
    private final Dose dose;

    AppFaults(House house, Dose dose) {
        this.house = house;
        this.dose = dose;
    }

    /** {@code kill -9} at random moments of the load, again and again, on the same journal. */
    Outcome killed() {
        PackagedApp app = house.app();
        Random random = new Random(7);
        long slowest = 0;
        try (ClickLoad load = load(app, 1)) {
            for (int i = 0; i < dose.kills(); i++) {
                load.run(dose.calm().plusMillis(random.nextInt(500)));
                app.kill();
                slowest = Math.max(slowest, app.start().toMillis());
            }
            load.run(dose.calm());
            LoadReport report = load.stop();
            // Attempts while the process was gone are no failures of it; answers other than 302 are.
            long answered =
                    report.answers().stream().filter(a -> a.status() > 0).count();
            long redirected =
                    report.answers().stream().filter(Answer::redirected).count();
            return house.settle(
                            "app kill -9 x " + dose.kills(),
                            house.books(),
                            report,
                            100.0 * redirected / Math.max(1, answered),
                            0,
                            slowest,
                            dose)
                    .noting(", redirected after %d ms at most".formatted(slowest));
        }
    }

    /** SIGTERM: whatever was sent before the signal is answered, and the process ends in time. */
    Outcome terminated() {
        PackagedApp app = house.app();
        try (ClickLoad load = load(app, 2)) {
            load.run(dose.fault());
            long signalled = System.nanoTime();
            app.terminate();
            boolean gone = app.awaitExit(EXIT_LIMIT);
            long exit = (System.nanoTime() - signalled) / 1_000_000;
            LoadReport report = load.stop();
            LoadReport before = new LoadReport(report.answers().stream()
                    .filter(a -> a.sentAt() - signalled < 0)
                    .toList());
            if (!gone) app.kill();
            long resume = app.start().toMillis();
            return house.settle(
                            "app SIGTERM",
                            house.books(),
                            report,
                            before.redirectedPercent(),
                            before.p99Millis(signalled - 1_000_000_000L, signalled),
                            resume,
                            dose)
                    .noting(gone ? ", exited after %d ms".formatted(exit) : ", did NOT exit within 30 s");
        }
    }

    /** Killed together with PostgreSQL and started before it: the link snapshot answers, the journal keeps. */
    Outcome startedWithoutPostgres() {
        PackagedApp app = house.app();
        LoadReport before;
        try (ClickLoad load = load(app, 3)) {
            load.run(dose.calm());
            house.postgres().kill();
            load.run(dose.calm());
            app.kill();
            before = load.stop();
        }
        long ready = app.start().toMillis();
        try (ClickLoad load = load(app, 4)) {
            long from = System.nanoTime();
            Instant began = Instant.now();
            load.run(dose.fault());
            long to = System.nanoTime();
            house.postgres().restart();
            long resume = house.awaitLanding(house.books(), began, dose.settle());
            LoadReport report = load.stop();
            return house.settle(
                            "app started while PostgreSQL is away",
                            house.books(),
                            before.and(report),
                            report.redirectedPercent(),
                            report.p99Millis(from, to),
                            resume,
                            dose)
                    .noting(", redirected after %d ms".formatted(ready));
        }
    }

    /** Two instances with a journal each, landing clicks of the same links at the same time. */
    Outcome twoAtOnce() {
        PackagedApp app = house.app();
        long deadlocksBefore = deadlocks();
        try (PackagedApp second = house.newApp("second", Map.of())) {
            second.start();
            long from = System.nanoTime();
            LoadReport report;
            try (ClickLoad one = load(app, 5);
                    ClickLoad two = load(second, 5)) {
                one.run(dose.fault());
                report = one.stop().and(two.stop());
            }
            return house.settle(
                            "two instances at once",
                            house.books(),
                            report,
                            report.redirectedPercent(),
                            report.p99Millis(from, System.nanoTime()),
                            0,
                            dose)
                    .noting(", deadlocks %d".formatted(deadlocks() - deadlocksBefore));
        }
    }

    private long deadlocks() {
        return house.books().number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    }

    private ClickLoad load(PackagedApp app, long seed) {
        return ClickLoad.start(app.port(), Visits.ordinary(seed), dose.connections(), dose.perSecond());
    }
}
