package dev.tributary.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The long form: every fault at the given rate and for the given time, as one table, printed and written to a file. Ends
 * with 1 when anything acknowledged was lost or counted twice, or a known link was not redirected.
 */
final class ChaosRun {
    private final List<String> lines = new ArrayList<>();
    private boolean good = true;

    private ChaosRun() {}

    /** {@code home rate seconds kills backlog resultFile}. */
    public static void main(String[] args) throws IOException {
        Dose dose = Dose.full(
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Long.parseLong(args[4]));
        ChaosRun run = new ChaosRun();
        run.print("# Chaos: what was promised, what was kept");
        run.print("");
        run.print("%s, Java %s, %s %s, %d x %s, %d clicks a second from one client on the same machine, %d s a fault"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        System.getProperty("java.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        dose.perSecond(),
                        dose.fault().toSeconds()));
        run.print("");
        try (House house = new House(Path.of(args[0]))) {
            run.all(house, dose);
        }
        Files.write(Path.of(args[5]), run.lines);
        System.exit(run.good ? 0 : 1);
    }

    private void all(House house, Dose dose) {
        StoreFaults stores = new StoreFaults(house, dose);
        AppFaults apps = new AppFaults(house, dose);
        DataFaults data = new DataFaults(house, dose);
        print(Outcome.HEADER);
        strike("PostgreSQL kill -9", stores::postgresKilled);
        strike("PostgreSQL SIGSTOP", stores::postgresFrozen);
        strike("Redis kill -9", stores::redisKilled);
        strike("Redis SIGSTOP", stores::redisFrozen);
        strike("Redis FLUSHALL", stores::redisFlushed);
        strike("Redis READONLY", stores::redisReadOnly);
        strike("Redis out of memory", stores::redisFull);
        strike("app SIGTERM", apps::terminated);
        strike("app started while PostgreSQL is away", apps::startedWithoutPostgres);
        strike("two instances at once", apps::twoAtOnce);
        strike("poison rows", () -> data.poison().outcome());
        strike("journal at its bound", () -> data.journalBound().outcome());
        if (SmallDisk.possible()) {
            DiskFaults disks = new DiskFaults(house, dose);
            strike("journal disk full", () -> disks.journalDiskFull().outcome());
            strike("database disk full", disks::databaseDiskFull);
        } else {
            print(
                    "| journal disk full, database disk full | skipped: mounting a small disk needs root | | | | | | | |");
        }
        strike("app kill -9", apps::killed);
        strike("backlog", stores::backlog);
    }

    private void strike(String name, Supplier<Outcome> fault) {
        try {
            Outcome outcome = fault.get();
            good &= outcome.kept() && outcome.redirectedPercent() >= 99.99 && outcome.resumeMillis() >= 0;
            print(outcome.row());
        } catch (RuntimeException e) {
            good = false;
            print("| %s | did not run to its end: %s | | | | | | | |".formatted(name, e.getMessage()));
            e.printStackTrace();
        }
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("a processor that does not tell its name");
    }

    private void print(String line) {
        System.out.println(line);
        lines.add(line);
    }
}
