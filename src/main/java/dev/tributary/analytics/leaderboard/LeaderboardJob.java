package dev.tributary.analytics.leaderboard;

import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobOption;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import dev.tributary.postgres.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Computes who ranks where, program by program: nine rankings each, every one in a transaction of its own. */
@Singleton
class LeaderboardJob implements Job {
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int PROGRAMS = 100;
    /** Places that one transaction removes. */
    private static final int REMOVED = 10_000;
    /** For ten thousand places; Redis that is away gives up sooner by itself. */
    private static final Duration PUBLISHED = Duration.ofSeconds(10);

    /** For two hundred thousand places on a busy machine; no request waits for it. */
    private static final Duration ONE_RANKING = Duration.ofMinutes(1);

    private static final Duration ANSWER = ONE_RANKING.plusSeconds(2);

    private final RankingRepository repository;
    private final Rankings rankings;
    private final Transactions transactions;
    private final Clock clock;

    LeaderboardJob(RankingRepository repository, Rankings rankings, Transactions transactions, Clock clock) {
        this.repository = repository;
        this.rankings = rankings;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "leaderboard";
    }

    @Override
    public String description() {
        return "Computes the leaderboards of the programs that have one";
    }

    @Override
    public String schedule() {
        return "every 5m";
    }

    @Override
    public List<JobOption> options() {
        return List.of(new JobOption("program", "ID", "Only this program", false));
    }

    @Override
    public void run(JobRun run) {
        Optional<UUID> only = run.option("program").map(LeaderboardJob::program);
        if (!run.dryRun()) removeUnwanted(run, only);
        Totals totals = new Totals();
        UUID after = BEFORE_ALL;
        List<RankingRepository.Wanted> some;
        do {
            some = programs(run, after, only);
            for (RankingRepository.Wanted program : some) {
                rank(run, program, totals);
                after = program.programId();
            }
        } while (some.size() == PROGRAMS);
        run.report(
                "%s %,d rankings of %,d programs, %,d places changed",
                run.dryRun() ? "would compute" : "computed", totals.rankings, totals.programs, totals.changed);
    }

    private static UUID program(String id) {
        return TypeId.PROGRAM.parse(id).orElseThrow(() -> new JobFailed("--program is no id of a program: " + id));
    }

    private List<RankingRepository.Wanted> programs(JobRun run, UUID after, Optional<UUID> only) {
        AtomicReference<List<RankingRepository.Wanted>> found = new AtomicReference<>(List.of());
        run.step(c ->
                repository.programs(c, after, only, PROGRAMS).invoke(found::set).replaceWith(Step.of(0)));
        return Objects.requireNonNull(found.get());
    }

    private void rank(JobRun run, RankingRepository.Wanted program, Totals totals) {
        Instant now = clock.instant();
        totals.programs++;
        for (Span span : Span.values()) {
            for (Metric metric : Metric.values()) {
                BoardKey key = new BoardKey(program.programId(), span, metric);
                totals.rankings++;
                if (run.dryRun()) rehearse(run, program, key, now);
                else totals.changed += rank(run, program, key, now);
            }
        }
    }

    /** Done again it writes the same, so it need not be a step, and may take longer than one. */
    private int rank(JobRun run, RankingRepository.Wanted program, BoardKey key, Instant now) {
        run.check();
        Rankings.Computed computed = transactions
                .run(ONE_RANKING, tx -> rankings.compute(tx, program, key, now))
                .await()
                .atMost(ANSWER);
        rankings.publish(computed).await().atMost(PUBLISHED);
        run.advance(1);
        return computed.changed();
    }

    private void rehearse(JobRun run, RankingRepository.Wanted program, BoardKey key, Instant now) {
        int ranked = transactions
                .run(ONE_RANKING, tx -> tx.query("SET TRANSACTION READ ONLY")
                        .execute()
                        .chain(() -> rankings.rehearse(tx, program, key, now)))
                .await()
                .atMost(ANSWER);
        run.advance(1);
        run.report(
                "would rank %,d affiliates of %s by %s (%s)",
                ranked,
                TypeId.PROGRAM.format(program.programId()),
                key.metric().word(),
                key.span().word());
    }

    private void removeUnwanted(JobRun run, Optional<UUID> only) {
        long gone;
        do {
            gone = run.step(tx -> repository.removeUnwanted(tx, only, REMOVED).map(Step::of))
                    .done();
        } while (gone > 0);
    }

    /** Counted up as steps succeed. */
    private static final class Totals {
        private long programs;
        private long rankings;
        private long changed;
    }
}
