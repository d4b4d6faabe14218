package dev.tributary.click.journal;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Measures durable appends of records the size of a click (200 bytes) with 64 in flight, for each candidate in turn, round
 * after round, so that a noisy minute falls on all alike. Prints the median records a second and the median CPU of the whole
 * process a record. Arguments: directory on the disk to measure, rounds (5), seconds a round (4).
 */
final class JournalComparison {
    private static final int RECORD_BYTES = 200;
    private static final int IN_FLIGHT = 64;
    private static final int APPENDERS = 2;

    private interface Opening {
        Candidate open(Path directory) throws Exception;
    }

    private record Round(double perSecond, double cpuMicros) {}

    public static void main(String[] args) throws Exception {
        Path root = Files.createDirectories(Path.of(args.length > 0 ? args[0] : "target/journal-comparison"));
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        Map<String, Opening> candidates = candidates();
        Map<String, List<Round>> results = new LinkedHashMap<>();
        candidates.keySet().forEach(name -> results.put(name, new ArrayList<>()));
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Opening> candidate : candidates.entrySet()) {
                Round result = measure(root, candidate.getValue(), seconds);
                // Round 0 is for the compiler.
                if (round > 0) results.get(candidate.getKey()).add(result);
            }
        }
        print(results, rounds, seconds);
        System.exit(0);
    }

    private static Map<String, Opening> candidates() {
        Map<String, Opening> candidates = new LinkedHashMap<>();
        candidates.put("segment file of our own", OwnCandidate::new);
        candidates.put("SQLite, WAL, synchronous=FULL", SqliteCandidate::new);
        candidates.put("Artemis, its default 3.3 ms timer", directory -> new ArtemisCandidate(directory, 3_333_333));
        candidates.put("Artemis, 0.2 ms timer", directory -> new ArtemisCandidate(directory, 200_000));
        return candidates;
    }

    private static Round measure(Path root, Opening opening, int seconds) throws Exception {
        Path directory = Files.createTempDirectory(root, "round");
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        LongAdder acknowledged = new LongAdder();
        long cpu;
        long elapsed;
        long counted;
        try (Candidate candidate = opening.open(directory)) {
            long cpuBefore = system.getProcessCpuTime();
            long start = System.nanoTime();
            drive(candidate, start + seconds * 1_000_000_000L, acknowledged);
            elapsed = System.nanoTime() - start;
            cpu = system.getProcessCpuTime() - cpuBefore;
            counted = acknowledged.sum();
        }
        delete(directory);
        return new Round(counted * 1e9 / elapsed, cpu / 1e3 / counted);
    }

    /** Appends until the deadline and returns when all is acknowledged. */
    private static void drive(Candidate candidate, long deadline, LongAdder acknowledged) throws Exception {
        List<Thread> appenders = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            Random random = new Random(i);
            appenders.add(new Thread(() -> append(candidate, deadline, acknowledged, random)));
        }
        appenders.forEach(Thread::start);
        for (Thread appender : appenders) appender.join();
    }

    private static void append(Candidate candidate, long deadline, LongAdder acknowledged, Random random) {
        Semaphore slots = new Semaphore(IN_FLIGHT / APPENDERS);
        Runnable acknowledge = () -> {
            acknowledged.increment();
            slots.release();
        };
        byte[] record = new byte[RECORD_BYTES];
        random.nextBytes(record);
        try {
            while (System.nanoTime() < deadline) {
                slots.acquire();
                candidate.append(record, acknowledge);
            }
            slots.acquire(IN_FLIGHT / APPENDERS);
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void print(Map<String, List<Round>> results, int rounds, int seconds) {
        System.out.printf(
                "%d-byte records, %d in flight, %d alternated rounds of %d s, medians, %d cores, Java %s%n%n",
                RECORD_BYTES,
                IN_FLIGHT,
                rounds,
                seconds,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature());
        System.out.printf("| journal | acknowledged a second | CPU us a record |%n|---|---|---|%n");
        results.forEach((name, all) -> System.out.printf(
                "| %s | %,.0f (%,.0f-%,.0f) | %.1f |%n",
                name,
                median(all, Round::perSecond),
                all.stream().mapToDouble(Round::perSecond).min().orElse(0),
                all.stream().mapToDouble(Round::perSecond).max().orElse(0),
                median(all, Round::cpuMicros)));
    }

    private static double median(List<Round> rounds, java.util.function.ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
