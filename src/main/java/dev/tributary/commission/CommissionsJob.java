package dev.tributary.commission;

import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.DueConversion;
import dev.tributary.id.TypeId;
import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import dev.tributary.ledger.Entry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Books whatever is due and awards milestones, as the loop within the server does, and tries again what could not be computed. Running it beside
 * the loop, or twice, changes nothing more.
 */
@Singleton
class CommissionsJob implements Job {
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    /** What failed is most often mended by a person, who waits for no more than this. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(10);

    private final Booker booker;
    private final Conversions conversions;
    private final FailureRepository failures;
    private final Awards awards;
    private final Clock clock;

    CommissionsJob(Booker booker, Conversions conversions, FailureRepository failures, Awards awards, Clock clock) {
        this.booker = booker;
        this.conversions = conversions;
        this.failures = failures;
        this.awards = awards;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "commissions";
    }

    @Override
    public String description() {
        return "Books the commissions of conversions that are due";
    }

    @Override
    public String schedule() {
        return "every 5m";
    }

    @Override
    public void run(JobRun run) {
        Totals totals = new Totals();
        if (run.dryRun()) rehearse(run, totals);
        else book(run, totals);
        run.report(
                "%s %,d commissions and %,d changes for %,d conversions",
                run.dryRun() ? "would book" : "booked", totals.made, totals.changed, totals.conversions);
        if (totals.failed > 0)
            throw new JobFailed("The commissions of %d conversions could not be computed".formatted(totals.failed));
    }

    private void book(JobRun run, Totals totals) {
        run.step(tx -> failures.before(tx, clock.instant().minus(RETRY_AFTER), Conversions.MOST_DUE)
                .chain(again -> conversions.makeDue(tx, again))
                .replaceWith(Step.of(0)));
        long taken;
        do {
            taken = run.step(tx -> booker.book(tx, Conversions.MOST_DUE)
                            .invoke(totals::add)
                            .map(done -> Step.of(done.taken())))
                    .done();
        } while (taken > 0);
        long assessed;
        do {
            assessed = run.step(tx -> awards.assess(tx).map(Step::of)).done();
        } while (assessed > 0);
    }

    private void rehearse(JobRun run, Totals totals) {
        AtomicReference<UUID> after = new AtomicReference<>(BEFORE_ALL);
        long taken;
        do {
            taken = run.step(c -> conversions
                            .peekDue(c, Objects.requireNonNull(after.get()), Conversions.MOST_DUE)
                            .chain(due -> rehearse(c, due, after, run, totals)))
                    .done();
        } while (taken > 0);
    }

    private Uni<Step> rehearse(
            SqlConnection c, List<DueConversion> due, AtomicReference<UUID> after, JobRun run, Totals totals) {
        if (due.isEmpty()) return Uni.createFrom().item(Step.of(0));
        after.set(due.get(due.size() - 1).id());
        return booker.rehearse(c, due)
                .invoke(done -> {
                    totals.add(done);
                    done.result().moves().forEach(move -> tell(run, move));
                })
                .replaceWith(Step.of(due.size()));
    }

    private static void tell(JobRun run, Move move) {
        Commission c = move.after();
        for (Entry entry : move.entries())
            run.report(
                    "would %s %d %s by %s for %s, conversion %s",
                    entry.kind().text(),
                    entry.postings().get(0).amountMinor(),
                    c.currency(),
                    c.rule(),
                    TypeId.ENROLLMENT.format(c.member().enrollmentId()),
                    c.conversionId() == null ? "-" : TypeId.CONVERSION.format(c.conversionId()));
    }

    /** Counted up as steps succeed. */
    private static final class Totals {
        private long conversions;
        private long made;
        private long changed;
        private long failed;

        void add(Booker.Done done) {
            conversions += done.taken();
            made += done.result().moves().stream().filter(Move::made).count();
            changed +=
                    done.result().moves().stream().filter(move -> !move.made()).count();
            failed += done.result().failures().size();
        }
    }
}
