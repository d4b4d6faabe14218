package dev.tributary.promo;

import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Gives back what was reserved and not paid in time, marks codes whose end has come, and notes codes used very often. */
@Singleton
class RedemptionsJob implements Job {
    /** Some tens of milliseconds, in which their codes are locked. */
    private static final int BATCH = 200;

    private static final String COUNT =
            """
            SELECT (SELECT count(DISTINCT id) FROM redemption WHERE state = 'reserved' AND expires_at <= $1),
                   (SELECT count(*) FROM discount_code WHERE status = 'active' AND expires_at <= $1)
            """;

    private final Redemptions redemptions;
    private final RedemptionRepository repository;
    private final DiscountCodeRepository codes;
    private final CodeNews news;
    private final CodeSignals signals;
    private final PromoConfig config;
    private final Clock clock;

    RedemptionsJob(
            Redemptions redemptions,
            RedemptionRepository repository,
            DiscountCodeRepository codes,
            CodeNews news,
            CodeSignals signals,
            PromoConfig config,
            Clock clock) {
        this.redemptions = redemptions;
        this.repository = repository;
        this.codes = codes;
        this.news = news;
        this.signals = signals;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "redemptions";
    }

    @Override
    public String description() {
        return "Releases reservations of discount codes that were not paid in time, and marks codes whose end has come";
    }

    @Override
    public String schedule() {
        return "every 1m";
    }

    @Override
    public void run(JobRun run) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (run.dryRun()) {
            run.step(c -> tell(c, run, now).replaceWith(Step.of(0)));
            return;
        }
        long released = all(run, tx -> release(tx, now));
        long expired = all(run, tx -> codes.expire(tx, now, BATCH)
                .call(written -> news.changed(tx, written))
                .map(List::size));
        run.step(tx -> signals.velocity(tx, now, config.velocityPerHour()).replaceWith(Step.of(0)));
        run.report("released %,d reservations and marked %,d codes as expired", released, expired);
    }

    /** Goes on until a batch is not full. */
    private static long all(JobRun run, java.util.function.Function<SqlConnection, Uni<Integer>> batch) {
        long done = 0;
        long last;
        do {
            last = run.step(tx -> batch.apply(tx).map(Step::of)).done();
            done += last;
        } while (last >= BATCH);
        return done;
    }

    private Uni<Integer> release(SqlConnection tx, Instant now) {
        return repository
                .over(tx, now, BATCH)
                .chain(over -> over.isEmpty()
                        ? Uni.createFrom().item(0)
                        : give(tx, over).replaceWith(over.size()));
    }

    private Uni<Integer> give(SqlConnection tx, List<UUID> over) {
        return redemptions.release(tx, over, Redemption.Release.EXPIRED, true);
    }

    private static Uni<Void> tell(SqlConnection c, JobRun run, Instant now) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next())
                .invoke(row -> run.report(
                        "would release %,d reservations and mark %,d codes as expired", row.getLong(0), row.getLong(1)))
                .replaceWithVoid();
    }
}
