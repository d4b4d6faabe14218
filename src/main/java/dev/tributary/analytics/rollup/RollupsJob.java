package dev.tributary.analytics.rollup;

import dev.tributary.analytics.rollup.RollupRepository.Figured;
import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobOption;
import dev.tributary.job.JobRun;
import dev.tributary.postgres.DirectConnections;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Folds what is due, as the server does by itself; makes anew the days of programs whose zone was changed. With {@code
 * --verify} it recomputes a range from raw rows and fails with the differences; with {@code --rebuild} it makes a range
 * anew.
 */
@Singleton
class RollupsJob implements Job {
    private static final String VERIFY = "verify";
    private static final String REBUILD = "rebuild";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String PROGRAM = "program";
    /** Enough to see the pattern, of each part. */
    private static final int SHOWN = 20;

    /** Folding's own deadline and the time to give its connection back. */
    private static final Duration ANSWER = Duration.ofSeconds(65);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Folding folding;
    private final RollupRepository repository;
    private final Transactions transactions;
    private final DirectConnections connections;
    private final Duration delivery;

    RollupsJob(
            Folding folding,
            RollupRepository repository,
            Transactions transactions,
            DirectConnections connections,
            RollupConfig config) {
        delivery = config.delivery();
        this.folding = folding;
        this.repository = repository;
        this.transactions = transactions;
        this.connections = connections;
    }

    @Override
    public String name() {
        return "rollups";
    }

    @Override
    public String description() {
        return "Folds clicks and events into the figures of reports; verifies or rebuilds them";
    }

    @Override
    public String schedule() {
        return "19 * * * *";
    }

    @Override
    public Duration deadline() {
        return Duration.ofHours(12);
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                new JobOption(VERIFY, "", "Recomputes the range from raw rows and tells every difference", false),
                new JobOption(REBUILD, "", "Makes the range anew from raw rows", false),
                new JobOption(FROM, "DAY", "The first day, such as 2026-11-01; the first there is unless given", false),
                new JobOption(TO, "DAY", "The day after the last; tomorrow unless given", false),
                new JobOption(PROGRAM, "ID", "Only this program", false));
    }

    @Override
    public void run(JobRun run) throws InterruptedException {
        UUID only = run.option(PROGRAM).map(RollupsJob::program).orElse(null);
        List<Figured> programs = await(transactions.read(c -> repository.programs(c, only)));
        boolean asked = run.option(REBUILD).isPresent();
        for (Figured each : programs) if (asked || each.moved()) rebuild(run, each, asked);
        if (run.dryRun()) tell(run);
        else fold(run);
        if (run.option(VERIFY).isPresent()) verify(run, programs);
    }

    private void tell(JobRun run) {
        RollupRepository.Lag lag = await(folding.lag());
        run.report("would fold %,d hours and %,d facts", lag.hours(), lag.facts());
    }

    private void fold(JobRun run) {
        long facts = whole(run, folding::facts);
        long hours = whole(run, folding::clicks);
        long closed = whole(run, folding::close);
        long days = whole(run, folding::share);
        long windows = whole(run, folding::trail);
        run.report(
                "folded %,d facts and %,d hours, closed months of %,d affiliates, added up %,d days and %,d windows",
                facts, hours, closed, days, windows);
    }

    private static long whole(JobRun run, Supplier<Uni<Integer>> step) {
        long sum = 0;
        int done;
        do {
            done = await(step.get());
            sum += done;
            run.advance(done);
        } while (done > 0);
        return sum;
    }

    /**
     * A day at a time: each is a transaction, and what is read meanwhile lacks one day's facts and no clicks. Where the
     * zone was changed, what was the first day may begin a day earlier now, and what was today may be tomorrow.
     */
    private void rebuild(JobRun run, Figured program, boolean asked) {
        LocalDate from =
                asked ? day(run, FROM, program.first()) : program.first().minusDays(1);
        LocalDate to = asked
                ? day(run, TO, program.today().plusDays(1))
                : program.today().plusDays(2);
        if (!run.dryRun())
            for (LocalDate at = from; at.isBefore(to); at = at.plusDays(1)) {
                LocalDate day = at;
                run.check();
                await(transactions.run(ANSWER, tx -> repository.rebuild(tx, program.id(), day, day.plusDays(1))));
            }
        run.report(
                "%s %s from %s to %s",
                run.dryRun() ? "would rebuild" : "rebuilding", TypeId.PROGRAM.format(program.id()), from, to);
    }

    private void verify(JobRun run, List<Figured> programs) throws InterruptedException {
        long wrong = 0;
        try (Verification verification = Verification.begin(connections)) {
            for (Figured program : programs)
                for (Check check : Check.values()) wrong += verify(run, verification, program, check);
        }
        if (wrong > 0) throw new JobFailed("%,d differences were found between rollups and raw rows".formatted(wrong));
        run.report("the rollups of %d programs are what their raw rows say", programs.size());
    }

    private long verify(JobRun run, Verification verification, Figured program, Check check)
            throws InterruptedException {
        long wrong = 0;
        LocalDate from = day(run, FROM, program.first());
        LocalDate to = day(run, TO, program.today().plusDays(1));
        for (LocalDate[] part : Verification.parts(check, from, to)) {
            run.check();
            List<Verification.Difference> found = verification.ask(check, program.id(), part[0], part[1], SHOWN);
            if (check == Check.FACTS && !found.isEmpty()) found = again(run, verification, program, part, found);
            for (Verification.Difference each : found)
                run.report(
                        "WRONG %s %s: not true that %s: it should be %s and is %s",
                        TypeId.PROGRAM.format(program.id()),
                        each.place(),
                        check.claim,
                        String.valueOf(each.wanted()),
                        String.valueOf(each.found()));
            wrong += found.size();
        }
        return wrong;
    }

    /** Those that still differ when every event that was on its way has come. */
    private List<Verification.Difference> again(
            JobRun run,
            Verification verification,
            Figured program,
            LocalDate[] part,
            List<Verification.Difference> found)
            throws InterruptedException {
        List<Verification.Difference> left = found;
        for (long waited = 0; !left.isEmpty() && waited < delivery.toMillis(); waited += PAUSE.toMillis()) {
            Thread.sleep(PAUSE.toMillis());
            if (!run.dryRun()) whole(run, folding::facts);
            Set<String> places = new HashSet<>();
            left.forEach(each -> places.add(each.place()));
            left = verification.ask(Check.FACTS, program.id(), part[0], part[1], SHOWN).stream()
                    .filter(each -> places.contains(each.place()))
                    .toList();
        }
        return left;
    }

    private static LocalDate day(JobRun run, String name, LocalDate usual) {
        return run.option(name).map(text -> day(name, text)).orElse(usual);
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new JobFailed("--%s is a day such as 2026-11-01".formatted(name));
        }
    }

    private static UUID program(String text) {
        return TypeId.PROGRAM.parse(text).orElseThrow(() -> new JobFailed("--program is an id such as prg_..."));
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(ANSWER);
    }
}
