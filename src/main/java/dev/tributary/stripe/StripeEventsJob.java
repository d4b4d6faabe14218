package dev.tributary.stripe;

import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.job.Retention;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Tries events of Stripe's again that wait for others, and forgets old ones, which Stripe sends no more. */
@Singleton
class StripeEventsJob implements Job, Retention {
    private static final int BATCH = 50;
    /** Far more than wait after a long outage; the next run goes on. */
    private static final int MOST_BATCHES = 200;

    private static final String COUNT =
            "SELECT count(*) FROM stripe_event WHERE received_at < $1 AND state <> 'waiting'";
    private static final String FORGET =
            """
            WITH old AS (SELECT id FROM stripe_event WHERE received_at < $1 AND state <> 'waiting' LIMIT $2)
            DELETE FROM stripe_event WHERE id IN (SELECT id FROM old)
            """;

    private final StripeInbox inbox;

    StripeEventsJob(StripeInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public String name() {
        return "stripe-events";
    }

    @Override
    public String description() {
        return "Tries Stripe's events again that wait for others";
    }

    @Override
    public String schedule() {
        return "every 1m";
    }

    @Override
    public void run(JobRun run) {
        int tried = 0;
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            int some = inbox.retry(null, inbox.now(), BATCH).await().atMost(Duration.ofMinutes(5));
            tried += some;
            if (some < BATCH) break;
        }
        run.report("%,d events were tried again", tried);
    }

    @Override
    public String what() {
        return "settled Stripe events";
    }

    /** Stripe shows its own for thirty days, and what they brought about is kept elsewhere. */
    @Override
    public Duration kept() {
        return Duration.ofDays(180);
    }

    @Override
    public Uni<Long> count(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(rows -> rows.rowCount());
    }
}
