package dev.tributary.chaos;

import java.util.List;
import java.util.Locale;

/**
 * What came of one fault.
 *
 * @param lost acknowledged clicks that PostgreSQL does not hold
 * @param duplicated ids that stand in the books more than once
 * @param rollupOff by class, what the hourly rollup counts beyond the rows
 * @param redirectedPercent of the requests that had to be redirected
 * @param p99Millis of the redirects during the fault; 0 where it was not measured
 * @param resumeMillis from the end of the fault until a click made during it has landed; from the start of a killed
 *     application until it redirects; 0 where nothing had to resume
 * @param note what else was seen
 */
record Outcome(
        String fault,
        long acknowledged,
        long lost,
        long duplicated,
        List<Long> rollupOff,
        double redirectedPercent,
        double p99Millis,
        long resumeMillis,
        String note) {

    static final String HEADER =
            """
            | fault | acknowledged | lost | duplicated | rollup | redirected % | p99 ms | resumed ms | |
            |---|---:|---:|---:|---|---:|---:|---:|---|""";

    /** Nothing acknowledged is lost, nothing is there twice, and the rollup is what the rows say. */
    boolean kept() {
        return lost == 0 && duplicated == 0 && rollupOff.stream().allMatch(n -> n == 0);
    }

    Outcome noting(String more) {
        return new Outcome(
                fault,
                acknowledged,
                lost,
                duplicated,
                rollupOff,
                redirectedPercent,
                p99Millis,
                resumeMillis,
                note + more);
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %s | %.3f | %s | %s | %s |",
                fault,
                acknowledged,
                lost,
                duplicated,
                rollupOff.stream().allMatch(n -> n == 0) ? "exact" : rollupOff.toString(),
                redirectedPercent,
                p99Millis == 0 ? "" : "%.1f".formatted(p99Millis),
                resumeMillis == 0 ? "" : resumeMillis,
                note);
    }
}
