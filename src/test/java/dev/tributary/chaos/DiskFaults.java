package dev.tributary.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Disks that are really full. Only where {@link SmallDisk#possible()}. */
final class DiskFaults {
    private final House house;
    private final Dose dose;

    DiskFaults(House house, Dose dose) {
        this.house = house;
        this.dose = dose;
    }

    /** The file system under the journal is full and PostgreSQL is away. */
    DataFaults.JournalFull journalDiskFull() {
        try (SmallDisk disk = SmallDisk.mount(4)) {
            Map<String, String> environment = Map.of(
                    "TRIBUTARY_CLICK_JOURNAL_DIR",
                    disk.directory().resolve("journal").toString());
            return new DataFaults(house, dose).journalFull("journal disk full", environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file system under the database is full: every insert is refused, and none of those clicks is at fault. */
    Outcome databaseDiskFull() {
        String name = "tributary_full_" + UUID.randomUUID().toString().substring(0, 8);
        String space = name + "_space";
        Books server = house.books("postgres");
        try (SmallDisk disk = SmallDisk.mount(1_024)) {
            server.execute("CREATE TABLESPACE " + space + " LOCATION '" + disk.directory() + "'");
            server.execute("CREATE DATABASE " + name + " TABLESPACE " + space);
            try {
                return fillUp(disk, name);
            } finally {
                server.execute("DROP DATABASE " + name + " WITH (FORCE)");
                server.execute("DROP TABLESPACE " + space);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome fillUp(SmallDisk disk, String database) {
        Books books = house.books(database);
        Map<String, String> environment =
                Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", house.postgres().url(database));
        try (PackagedApp app = house.newApp("full-database", environment)) {
            app.start();
            try (ClickLoad load =
                    ClickLoad.start(app.port(), Visits.ordinary(9), dose.connections(), dose.perSecond())) {
                load.run(dose.calm());
                long from = System.nanoTime();
                disk.fill();
                load.run(dose.fault());
                disk.empty();
                Instant emptied = Instant.now();
                long to = System.nanoTime();
                long resume = house.awaitLanding(books, emptied, dose.settle());
                LoadReport report = load.stop();
                Outcome outcome = house.settle(
                        "database disk full",
                        books,
                        report,
                        report.redirectedPercent(),
                        report.p99Millis(from, to),
                        resume,
                        dose);
                return outcome.noting(
                        ", quarantined %d".formatted(books.number("SELECT count(*) FROM click_quarantine")));
            }
        }
    }
}
