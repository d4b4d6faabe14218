package dev.tributary.analytics.report;

import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobOption;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Computes the cohorts of programs and affiliates that have too many customers for it to be done while somebody waits. What
 * a run computes does not depend on the run before, so one that dies is simply begun again.
 */
@Singleton
class CohortsJob implements Job {
    /** Some tens of milliseconds of looking customers up, where an answer has a hundred and fifty. */
    static final long COMPUTED_AT_ONCE = 5_000;

    private static final String CUSTOMERS = "customers";
    private static final String PROGRAM = "program";
    /** As far back as a report goes: 24 months. */
    private static final Duration WINDOW = Duration.ofDays(762);

    private final CohortRepository repository;
    private final Clock clock;

    CohortsJob(CohortRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "cohorts";
    }

    @Override
    public String description() {
        return "Computes the cohorts of programs and affiliates with thousands of customers";
    }

    @Override
    public String schedule() {
        return "*/15 * * * *";
    }

    @Override
    public List<JobOption> options() {
        String usual = "Keep those with more customers than this; %d unless given".formatted(COMPUTED_AT_ONCE);
        return List.of(
                new JobOption(CUSTOMERS, "NUMBER", usual, false),
                new JobOption(PROGRAM, "ID", "Only this program and its affiliates", false));
    }

    @Override
    public void run(JobRun run) {
        long atOnce = run.option(CUSTOMERS).map(CohortsJob::number).orElse(COMPUTED_AT_ONCE);
        UUID program = run.option(PROGRAM).map(CohortsJob::program).orElse(null);
        List<Ground> large = new ArrayList<>();
        Instant since = clock.instant().minus(WINDOW);
        run.step(c -> repository
                .large(c, since, atOnce, program)
                .invoke(large::addAll)
                .replaceWith(Step.of(0)));
        run.total((long) large.size() * CohortUnit.values().length * CohortUnit.MOST_COHORTS);
        long rows = 0;
        if (!run.dryRun()) {
            for (Ground ground : large) for (CohortUnit unit : CohortUnit.values()) rows += keep(run, ground, unit);
            run.step(tx ->
                    repository.forget(tx, clock.instant().minus(Cohorts.KEPT)).replaceWith(Step.of(0)));
        }
        run.report(
                "%s cohorts of %,d programs and affiliates with more than %,d customers: %,d rows",
                run.dryRun() ? "would compute" : "computed", large.size(), atOnce, rows);
    }

    private static UUID program(String text) {
        return TypeId.PROGRAM.parse(text).orElseThrow(() -> new JobFailed("--program is the id of a program"));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,9}")) throw new JobFailed("--customers is a number");
        return Long.parseLong(text);
    }

    /** A cohort a transaction: none takes longer than its customers do. */
    private long keep(JobRun run, Ground ground, CohortUnit unit) {
        Instant begun = clock.instant();
        LocalDate last = unit.first(ground.today(clock));
        long[] rows = {0};
        for (int back = CohortUnit.MOST_COHORTS - 1; back >= 0; back--) {
            LocalDate cohort = unit.plus(last, -back);
            run.step(tx -> repository
                    .keep(tx, ground, unit, cohort, unit.plus(cohort, 1))
                    .invoke(count -> rows[0] += count)
                    .replaceWith(Step.of(1)));
        }
        LocalDate first = unit.plus(last, 1L - CohortUnit.MOST_COHORTS);
        run.step(tx -> repository.done(tx, ground, unit, first, begun).replaceWith(Step.of(0)));
        return rows[0];
    }
}
