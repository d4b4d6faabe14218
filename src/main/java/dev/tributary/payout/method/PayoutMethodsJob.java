package dev.tributary.payout.method;

import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import dev.tributary.postgres.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Asks providers about methods that wait for them, which also heals what a crash left untold, and ends what nobody confirmed. */
@Singleton
class PayoutMethodsJob implements Job {
    private static final int BATCH = 100;
    /** More than any provider is given to answer, and both transactions around it. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final UUID FIRST = new UUID(0, 0);

    private final PayoutMethodRepository repository;
    private final MethodOpenings openings;
    private final Transactions transactions;
    private final Clock clock;

    PayoutMethodsJob(
            PayoutMethodRepository repository, MethodOpenings openings, Transactions transactions, Clock clock) {
        this.repository = repository;
        this.openings = openings;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "payout-methods";
    }

    @Override
    public String description() {
        return "Asks providers about payout methods that wait for them, and ends those that nobody confirmed";
    }

    @Override
    public String schedule() {
        return "every 5m";
    }

    @Override
    public void run(JobRun run) {
        Instant now = clock.instant();
        ask(run, now);
        if (!run.dryRun()) expire(run, now);
    }

    private void ask(JobRun run, Instant now) {
        int asked = 0;
        int ready = 0;
        UUID last = FIRST;
        List<UUID> ids;
        do {
            UUID after = last;
            ids = transactions
                    .read(c -> repository.waiting(c, after, now, BATCH))
                    .await()
                    .atMost(ANSWER);
            for (UUID id : ids) {
                if (!run.dryRun() && openings.ask(id).await().atMost(ANSWER).state() == MethodState.ACTIVE) ready++;
                run.advance(1);
                last = id;
                asked++;
            }
        } while (ids.size() == BATCH);
        if (run.dryRun()) run.report("would ask about %,d payout methods", asked);
        else run.report("asked about %,d payout methods, %,d of which are active now", asked, ready);
    }

    private void expire(JobRun run, Instant now) {
        long ended = 0;
        long done;
        do {
            done = run.step(tx -> repository
                            .outdated(tx, now, BATCH)
                            .call(ids -> repository.remove(tx, ids, now))
                            .map(ids -> Step.of(ids.size())))
                    .done();
            ended += done;
        } while (done == BATCH);
        run.report("ended %,d that nobody confirmed", ended);
    }
}
