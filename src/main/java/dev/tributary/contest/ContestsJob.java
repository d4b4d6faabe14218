package dev.tributary.contest;

import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import dev.tributary.postgres.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Computes the standings of contests that go on, and decides those whose time has come; each in a transaction of its own. */
@Singleton
class ContestsJob implements Job {
    /** Places of one contest: written in one transaction, well within its deadline. Who is further down has none. */
    static final int MOST_RANKED = 100_000;

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int TOGETHER = 100;

    /** For a hundred thousand places on a busy machine; no request waits for it. */
    private static final Duration ONE_CONTEST = Duration.ofMinutes(1);

    private static final Duration ANSWER = ONE_CONTEST.plusSeconds(2);

    private final ContestRepository contests;
    private final Settlement settlement;
    private final Transactions transactions;
    private final Clock clock;

    ContestsJob(ContestRepository contests, Settlement settlement, Transactions transactions, Clock clock) {
        this.contests = contests;
        this.settlement = settlement;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "contests";
    }

    @Override
    public String description() {
        return "Computes the standings of contests, and books the prizes of those that are over";
    }

    @Override
    public String schedule() {
        return "every 5m";
    }

    @Override
    public void run(JobRun run) {
        Map<Settlement.Outcome, Integer> counts = new EnumMap<>(Settlement.Outcome.class);
        UUID after = BEFORE_ALL;
        List<UUID> due;
        do {
            due = due(run, after);
            for (UUID contest : due) {
                advance(run, contest, counts);
                after = contest;
            }
        } while (due.size() == TOGETHER);
        run.report(
                "%s %,d contests, %,d of them decided, %,d wait for what is on its way",
                run.dryRun() ? "would look at" : "looked at",
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.getOrDefault(Settlement.Outcome.SETTLED, 0),
                counts.getOrDefault(Settlement.Outcome.WAITS, 0));
    }

    private List<UUID> due(JobRun run, UUID after) {
        AtomicReference<List<UUID>> found = new AtomicReference<>(List.of());
        run.step(c -> contests.due(c, clock.instant(), after, TOGETHER)
                .invoke(found::set)
                .replaceWith(Step.of(0)));
        return Objects.requireNonNull(found.get());
    }

    /** Whoever else does the same at that moment waits, and finds it done: the contest is locked and marked. */
    private void advance(JobRun run, UUID contest, Map<Settlement.Outcome, Integer> counts) {
        if (run.dryRun()) {
            rehearse(run, contest, counts);
            return;
        }
        run.check();
        Settlement.Outcome outcome = transactions
                .run(ONE_CONTEST, tx -> settlement.advance(tx, contest, clock.instant()))
                .await()
                .atMost(ANSWER);
        run.advance(1);
        counts.merge(outcome, 1, Integer::sum);
        if (outcome == Settlement.Outcome.SETTLED) run.report("decided %s", TypeId.CONTEST.format(contest));
    }

    private void rehearse(JobRun run, UUID id, Map<Settlement.Outcome, Integer> counts) {
        run.step(c -> contests.find(c, id)
                .invoke(found -> found.ifPresent(contest -> {
                    Instant now = clock.instant();
                    boolean over = !now.isBefore(contest.decidedFrom());
                    run.report("would %s %s", over ? "decide" : "rank", TypeId.CONTEST.format(id));
                    counts.merge(over ? Settlement.Outcome.SETTLED : Settlement.Outcome.REFRESHED, 1, Integer::sum);
                }))
                .replaceWith(Step.of(1)));
    }
}
