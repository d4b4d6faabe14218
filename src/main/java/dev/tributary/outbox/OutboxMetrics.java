package dev.tributary.outbox;

import dev.tributary.postgres.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much is open, and what is parked and needs a person; read every fifteen seconds. */
@ApplicationScoped
class OutboxMetrics {
    private static final long PERIOD_MILLIS = 15_000;
    private static final String COUNT =
            """
            SELECT count(*) FILTER (WHERE parked_at IS NULL) AS open, count(*) FILTER (WHERE parked_at IS NOT NULL) AS parked
              FROM outbox_delivery WHERE delivered_at IS NULL
            """;

    private final AtomicLong open = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();
    private final Transactions transactions;

    OutboxMetrics(Transactions transactions, MeterRegistry registry) {
        this.transactions = transactions;
        registry.gauge("tributary.outbox.open", open);
        registry.gauge("tributary.outbox.parked", parked);
    }

    void onStart(
            @Observes StartupEvent event,
            Vertx vertx,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (mode.equals("server")) vertx.setPeriodic(PERIOD_MILLIS, timer -> count());
    }

    private void count() {
        transactions
                .read(c -> c.query(COUNT).execute())
                .subscribe()
                .with(
                        rows -> {
                            Row row = rows.iterator().next();
                            open.set(row.getLong("open"));
                            parked.set(row.getLong("parked"));
                        },
                        away -> {});
    }
}
