package dev.tributary.payout.tax;

import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Has those reminded who are owed money and gave no tax form, or one that ends soon: at most once in two weeks. */
@Singleton
class TaxRemindersJob implements Job {
    /** The outbox takes a thousand events at once. */
    private static final int BATCH = 500;

    private static final Duration PAUSE = Duration.ofDays(14);
    /** A month to give a new one before the old one ends. */
    private static final int DAYS_AHEAD = 30;

    private final PapersQueries queries;
    private final TaxFormEvents events;
    private final Clock clock;

    TaxRemindersJob(PapersQueries queries, TaxFormEvents events, Clock clock) {
        this.queries = queries;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tax-reminders";
    }

    @Override
    public String description() {
        return "Reminds affiliates who are owed money of a tax form that is missing or ends";
    }

    @Override
    public String schedule() {
        return "30 9 * * *";
    }

    @Override
    public void run(JobRun run) {
        Instant now = clock.instant();
        long asked = 0;
        long last;
        do {
            last = run.step(tx -> step(tx, run, now)).done();
            asked += last;
        } while (last == BATCH);
        run.report(run.dryRun() ? "would remind %,d affiliates" : "reminded %,d affiliates", asked);
    }

    private Uni<Step> step(SqlConnection tx, JobRun run, Instant now) {
        UUID after = run.cursor()
                .map(cursor -> UUID.fromString(cursor.getString("after")))
                .orElse(new UUID(0, 0));
        LocalDate until = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(DAYS_AHEAD);
        return queries.lacking(tx, after, until, now.minus(PAUSE), BATCH, !run.dryRun())
                .call(found -> run.dryRun() ? Uni.createFrom().voidItem() : remind(tx, found, now))
                .map(found -> next(found, after));
    }

    private Uni<Void> remind(SqlConnection tx, List<UUID> affiliates, Instant now) {
        return queries.remember(tx, affiliates, now).chain(() -> events.missing(tx, affiliates));
    }

    private static Step next(List<UUID> found, UUID after) {
        UUID last = found.isEmpty() ? after : found.get(found.size() - 1);
        return new Step(found.size(), new JsonObject().put("after", last.toString()));
    }
}
