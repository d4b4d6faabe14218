package dev.tributary.commission;

import dev.tributary.job.Job;
import dev.tributary.job.JobRun;
import dev.tributary.job.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Makes payable what has been pending for its program's hold period. What is held stays so: only a person lets it go. */
@Singleton
class ReleaseHoldsJob implements Job {
    /** Two entries' worth of the ledger's bound, and some tens of milliseconds. */
    private static final int BATCH = 1_000;

    private static final String COUNT =
            """
            SELECT currency, count(*) AS commissions, sum(amount_minor)::bigint AS amount FROM commission
             WHERE status = 'pending' AND release_at <= $1 GROUP BY currency ORDER BY currency
            """;

    private final CommissionRepository repository;
    private final Posting posting;
    private final Clock clock;

    ReleaseHoldsJob(CommissionRepository repository, Posting posting, Clock clock) {
        this.repository = repository;
        this.posting = posting;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "release-holds";
    }

    @Override
    public String description() {
        return "Makes commissions payable whose hold period is over";
    }

    @Override
    public String schedule() {
        return "*/10 * * * *";
    }

    @Override
    public void run(JobRun run) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (run.dryRun()) {
            run.step(c -> tell(c, run, now).replaceWith(Step.of(0)));
            return;
        }
        long released = 0;
        long last;
        do {
            last = run.step(tx -> release(tx, now).map(Step::of)).done();
            released += last;
        } while (last == BATCH);
        run.report("released %,d commissions", released);
    }

    private Uni<Integer> release(SqlConnection tx, Instant now) {
        return repository
                .lockReleasable(tx, now, BATCH)
                .call(due -> {
                    List<Move> moves =
                            due.stream().map(each -> Move.approve(each, now)).toList();
                    return posting.apply(tx, moves, Map.of(), null);
                })
                .map(List::size);
    }

    private static Uni<Void> tell(SqlConnection c, JobRun run, Instant now) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .invoke(rows -> {
                    for (Row row : rows)
                        run.report(
                                "would release %,d commissions, %d %s in all",
                                row.getLong("commissions"), row.getLong("amount"), row.getString("currency"));
                })
                .replaceWithVoid();
    }
}
