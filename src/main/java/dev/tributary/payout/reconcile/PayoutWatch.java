package dev.tributary.payout.reconcile;

import dev.tributary.postgres.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What operators see of payouts that do not go on, read every minute by every instance, because whoever should move them on may be
 * the one that is gone.
 */
@ApplicationScoped
class PayoutWatch {
    private static final long PERIOD_MILLIS = 60_000;
    /** Each by a partial index that holds what is live alone. */
    private static final String COUNT =
            """
            SELECT (SELECT count(*) FROM reconcile_item WHERE cleared_at IS NULL AND explained_at IS NULL) AS unexplained,
                   (SELECT count(*) FROM payout_task WHERE closed_at IS NULL) AS tasks,
                   (SELECT count(*) FROM payout WHERE next_at < now() - interval '15 minutes') AS overdue
            """;

    private final AtomicLong unexplained = new AtomicLong();
    private final AtomicLong tasks = new AtomicLong();
    private final AtomicLong overdue = new AtomicLong();
    private final Transactions transactions;

    PayoutWatch(Transactions transactions, MeterRegistry registry) {
        this.transactions = transactions;
        registry.gauge("tributary.payout.unexplained", unexplained);
        registry.gauge("tributary.payout.tasks", tasks);
        registry.gauge("tributary.payout.overdue", overdue);
    }

    void onStart(
            @Observes StartupEvent event,
            Vertx vertx,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (mode.equals("server")) vertx.setPeriodic(PERIOD_MILLIS, timer -> read());
    }

    private void read() {
        transactions.read(this::count).subscribe().with(done -> {}, away -> {
            // The next minute tells.
        });
    }

    Uni<Void> count(SqlConnection c) {
        return c.query(COUNT)
                .execute()
                .map(rows -> rows.iterator().next())
                .invoke(this::note)
                .replaceWithVoid();
    }

    private void note(Row row) {
        unexplained.set(row.getLong("unexplained"));
        tasks.set(row.getLong("tasks"));
        overdue.set(row.getLong("overdue"));
    }
}
