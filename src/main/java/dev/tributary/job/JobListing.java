package dev.tributary.job;

import dev.tributary.postgres.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** Prints the jobs, and the last runs, as tables for people. */
@ApplicationScoped
class JobListing {
    private static final Duration ANSWER = Transactions.DEADLINE.plusSeconds(2);
    private static final int MOST = 100;
    private static final String JOBS = "%-14s %-14s %-42s %s%n";
    private static final String RUNS = "%-30s %-14s %-10s %-20s %9s %-12s %s%n";

    private final Jobs jobs;
    private final JobSettings settings;
    private final RunRepository repository;
    private final Transactions transactions;

    JobListing(Jobs jobs, JobSettings settings, RunRepository repository, Transactions transactions) {
        this.jobs = jobs;
        this.settings = settings;
        this.repository = repository;
        this.transactions = transactions;
    }

    /** Also when PostgreSQL is away: then without the last runs. */
    int jobs(PrintWriter out) {
        Optional<Map<String, RunRecord>> last = last();
        out.printf(JOBS, "JOB", "SCHEDULE (UTC)", "LAST RUN", "WHAT IT DOES");
        for (Job job : jobs.all()) {
            String ran = last.map(runs -> told(runs.get(job.name()))).orElse("unknown: PostgreSQL does not answer");
            out.printf(JOBS, job.name(), settings.schedule(job), ran, job.description());
        }
        return ExitCode.DONE;
    }

    private Optional<Map<String, RunRecord>> last() {
        try {
            List<RunRecord> runs = transactions
                    .read(c -> repository.last(c, jobs.names()))
                    .await()
                    .atMost(ANSWER);
            return Optional.of(runs.stream().collect(Collectors.toMap(RunRecord::job, Function.identity())));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String told(@Nullable RunRecord run) {
        if (run == null) return "never";
        return "%s %s%s"
                .formatted(
                        run.status().label(),
                        run.startedAt().truncatedTo(ChronoUnit.SECONDS),
                        run.dryRun() ? " dry" : "");
    }

    int runs(ParseResult asked, PrintWriter out, PrintWriter err) {
        int limit = asked.matchedOptionValue(Commands.LIMIT, 20);
        @Nullable String job = asked.matchedPositionalValue(0, null);
        if (limit < 1 || limit > MOST) {
            err.printf("%s is a number from 1 to %d%n", Commands.LIMIT, MOST);
            return ExitCode.USAGE;
        }
        if (job != null && jobs.find(job).isEmpty()) {
            err.printf("There is no job %s%n", job);
            return ExitCode.USAGE;
        }
        try {
            List<RunRecord> runs = transactions
                    .read(c -> repository.list(c, job, new UUID(-1, -1), limit))
                    .await()
                    .atMost(ANSWER);
            out.printf(RUNS, "RUN", "JOB", "STATUS", "STARTED", "SECONDS", "DONE", "");
            runs.forEach(run -> print(run, out));
            return ExitCode.DONE;
        } catch (RuntimeException e) {
            err.println("PostgreSQL does not answer");
            return ExitCode.TRY_LATER;
        }
    }

    private static void print(RunRecord run, PrintWriter out) {
        String seconds = run.finishedAt() == null
                ? ""
                : "%.1f"
                        .formatted(Duration.between(run.startedAt(), run.finishedAt())
                                        .toMillis()
                                / 1000.0);
        String done = run.total() == null ? Long.toString(run.done()) : run.done() + "/" + run.total();
        String more = (run.dryRun() ? "dry run " : "") + (run.message() == null ? "" : run.message());
        out.printf(
                RUNS,
                RunView.id(run),
                run.job(),
                run.status().label(),
                run.startedAt().truncatedTo(ChronoUnit.SECONDS),
                seconds,
                done,
                more);
    }
}
