package dev.tributary.payout;

import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobOption;
import dev.tributary.job.JobRun;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries out the runs of payouts that are due: of each program the month's, and the day's where it pays daily. Each is done
 * once, whoever starts it and how often; one that was left halfway goes on. What it makes, the servers send.
 */
@Singleton
class PayoutsJob implements Job {
    private static final String PROGRAM = "program";
    private static final String KIND = "kind";
    /** Beyond a step's own deadline and its repetitions. */
    private static final Duration STEP = Duration.ofMinutes(2);
    /** Another instance is at the same run; it is waited for, so that the job's end is the run's. */
    private static final long BUSY_MILLIS = 500;

    private final Runs runs;
    private final Stride stride;
    private final DueRepository due;
    private final Transactions transactions;
    private final Clock clock;

    PayoutsJob(Runs runs, Stride stride, DueRepository due, Transactions transactions, Clock clock) {
        this.runs = runs;
        this.stride = stride;
        this.due = due;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "payouts";
    }

    @Override
    public String description() {
        return "Makes the payouts of programs whose monthly or daily run is due";
    }

    /** Days begin at any hour somewhere. */
    @Override
    public String schedule() {
        return "5 * * * *";
    }

    @Override
    public Duration deadline() {
        return Duration.ofHours(3);
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                new JobOption(PROGRAM, "ID", "Only this program", false),
                new JobOption(KIND, "KIND", "Only monthly or daily runs", false));
    }

    @Override
    public void run(JobRun run) throws InterruptedException {
        Instant now = clock.instant();
        Optional<UUID> program = run.option(PROGRAM).map(PayoutsJob::program);
        Optional<Period.Kind> kind = run.option(KIND).map(PayoutsJob::kind);
        for (DueRepository.Due each : await(transactions.read(c -> due.programs(c, program))))
            for (Period period : each.periods(now))
                if (kind.isEmpty() || kind.get() == period.kind()) one(run, each.programId(), period);
    }

    private void one(JobRun run, UUID program, Period period) throws InterruptedException {
        run.check();
        String name = "%s %s of %s".formatted(period.kind().word(), period.key(), TypeId.PROGRAM.format(program));
        Optional<Run> before = await(transactions.read(c -> runs.find(c, program, period)));
        if (before.filter(each -> each.state().equals("done")).isPresent()) return;
        if (run.dryRun()) {
            RunSheet sheet = await(runs.rehearse(program, period.kind().word()));
            run.report("would run %s", name);
            sheet.told().lines().forEach(line -> run.report("%s", line));
            return;
        }
        Optional<Run> started = await(transactions.run(tx -> runs.start(tx, program, period, "job")));
        Optional<UUID> id = started.or(() -> before).map(Run::id);
        if (id.isEmpty()) return;
        carryOut(run, id.get());
        tell(run, name, id.get());
    }

    private void carryOut(JobRun run, UUID id) throws InterruptedException {
        Chunks.Outcome outcome;
        do {
            run.check();
            outcome = await(stride.step(id));
            if (outcome == Chunks.Outcome.BUSY) Thread.sleep(BUSY_MILLIS);
            run.advance(outcome == Chunks.Outcome.WENT_ON ? 1 : 0);
        } while (outcome != Chunks.Outcome.OVER);
    }

    private void tell(JobRun run, String name, UUID id) {
        Run over = await(transactions.read(c -> runs.find(c, id))).orElseThrow();
        run.report("ran %s", name);
        over.sheet().told().lines().forEach(line -> run.report("%s", line));
        if (over.state().equals("failed"))
            throw new JobFailed("%s stopped: %s".formatted(name, over.message().orElse("")));
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(STEP);
    }

    private static UUID program(String text) {
        return TypeId.PROGRAM.parse(text).orElseThrow(() -> new JobFailed("--program is an id such as prg_..."));
    }

    private static Period.Kind kind(String text) {
        for (Period.Kind each : Period.Kind.values()) if (each.word().equals(text)) return each;
        throw new JobFailed("--kind is monthly or daily");
    }
}
