package dev.tributary.promo.stripe;

import dev.tributary.postgres.Transactions;
import dev.tributary.stripe.StripeCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many codes are not in step with Stripe: those that wait, and those that need a person. Read every half minute. */
@ApplicationScoped
class SyncMetrics {
    private static final long PERIOD_MILLIS = 30_000;

    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Transactions transactions;
    private final StripeCouponQueries queries;

    SyncMetrics(Transactions transactions, StripeCouponQueries queries, MeterRegistry registry) {
        this.transactions = transactions;
        this.queries = queries;
        registry.gauge("tributary.promo.stripe.waiting", waiting);
        registry.gauge("tributary.promo.stripe.refused", refused);
    }

    void onStart(
            @Observes StartupEvent event,
            Vertx vertx,
            StripeCalls stripe,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (mode.equals("server") && stripe.configured()) vertx.setPeriodic(PERIOD_MILLIS, timer -> count());
    }

    private void count() {
        transactions
                .read(queries::counts)
                .subscribe()
                .with(
                        counts -> {
                            waiting.set(counts.waiting());
                            refused.set(counts.refused());
                        },
                        away -> {});
    }
}
