package dev.tributary.payout.reconcile;

import dev.tributary.job.Job;
import dev.tributary.job.JobFailed;
import dev.tributary.job.JobOption;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import dev.tributary.payout.rail.Listing;
import dev.tributary.payout.rail.Rails;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads what each provider lists of the last days and lays it beside the books, both ways. What the provider says and nobody here
 * has heard is told to its payout as an event would be; what still differs then is kept until it is gone or explained, and
 * fails the run until then.
 */
@Singleton
class ReconcileJob implements Job {
    private static final String RAIL = "rail";
    private static final String DAYS = "days";
    /** Events are tried again for three days at the most by the providers we know, so what they lost is within it. */
    private static final int USUAL_DAYS = 7;
    /** A year's end; more is a question for an auditor with a statement of account. */
    private static final int MOST_DAYS = 400;

    private final Rails rails;
    private final ReconcileRepository repository;
    private final Reconciliation reconciliation;
    private final Clock clock;

    ReconcileJob(Rails rails, ReconcileRepository repository, Reconciliation reconciliation, Clock clock) {
        this.rails = rails;
        this.repository = repository;
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public String description() {
        return "Compares payouts with what payment providers list, both ways, and adopts what they know better";
    }

    @Override
    public String schedule() {
        return "13 * * * *";
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                new JobOption(RAIL, "NAME", "This rail alone", false),
                new JobOption(DAYS, "N", "How many days back, 7 where nothing is said, 400 at most", false));
    }

    @Override
    public void run(JobRun run) {
        Duration back = Duration.ofDays(days(run));
        List<String> failed = new ArrayList<>();
        Looked place = run.cursor().flatMap(Looked::read).orElse(null);
        for (String rail : names(run)) {
            if (place != null && rail.compareTo(place.rail()) < 0) continue;
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Looked from = place != null && rail.equals(place.rail()) ? place : Looked.begin(rail, now.minus(back), now);
            reconcile(run, from, failed);
        }
        // The next run begins anew, also where this one ends in a finding: only one that died is gone on with.
        run.step(tx -> Uni.createFrom().item(new Step(0, new JsonObject())));
        long open = run.step(c -> repository.open(c).map(Step::of)).done();
        if (!failed.isEmpty()) throw new JobFailed("Not all could be compared: " + String.join("; ", failed));
        if (open > 0)
            throw new JobFailed("%d differences wait for an explanation: GET /api/admin/reconcile-items?state=open"
                    .formatted(open));
        run.report("the books and the providers' lists agree");
    }

    /** A provider that cannot be asked must not keep the others from being looked at. */
    private void reconcile(JobRun run, Looked from, List<String> failed) {
        String rail = from.rail();
        Listing listing = rails.listing(rail).orElse(null);
        if (listing == null || !rails.get(rail).configured()) {
            long sent = run.step(c -> repository.sent(c, rail, from.span()).map(Step::of))
                    .done();
            String why = listing == null ? "has no list" : "is not set up";
            if (sent > 0) run.report("%s %s: %,d payouts rest on what it answered", rail, why, sent);
            return;
        }
        try {
            reconciliation.run(run, listing, from);
        } catch (Reconciliation.NotListed e) {
            run.report("%s could not be listed: %s", rail, Objects.requireNonNull(e.getMessage()));
            failed.add(rail);
        }
    }

    private List<String> names(JobRun run) {
        String wanted = run.option(RAIL).orElse(null);
        if (wanted == null) return rails.names();
        if (!rails.names().contains(wanted))
            throw new JobFailed(
                    "There is no rail %s; there are %s".formatted(wanted, String.join(", ", rails.names())));
        return List.of(wanted);
    }

    private static int days(JobRun run) {
        String wanted = run.option(DAYS).orElse(Integer.toString(USUAL_DAYS));
        int days = wanted.matches("[0-9]{1,3}") ? Integer.parseInt(wanted) : 0;
        if (days < 1 || days > MOST_DAYS) throw new JobFailed("--days is a number from 1 to " + MOST_DAYS);
        return days;
    }
}
