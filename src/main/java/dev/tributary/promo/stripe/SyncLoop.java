package dev.tributary.promo.stripe;

import dev.tributary.stripe.StripeCalls;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop that brings codes to Stripe: one batch at a time, begun by a change or by the sweep, repeated while there is more.
 * Instances share the work, because each takes what no other holds. A batch command runs no loop.
 */
@ApplicationScoped
class SyncLoop {
    private static final Logger LOG = Logger.getLogger(SyncLoop.class);
    /** What is due again after a pause is found this much later at most. */
    private static final long SWEEP_MILLIS = 5_000;

    private final Vertx vertx;
    private final CouponSync sync;
    private final StripeCalls stripe;
    private final boolean serving;
    private final Context context;
    private boolean running;
    private boolean again;
    private boolean stopped;
    private boolean failing;

    SyncLoop(
            Vertx vertx,
            CouponSync sync,
            StripeCalls stripe,
            SyncConfig config,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.vertx = vertx;
        this.sync = sync;
        this.stripe = stripe;
        serving = config.sync() && !mode.equals("job");
        context = vertx.getOrCreateContext();
    }

    void onStart(@Observes StartupEvent event) {
        if (serving && stripe.configured()) vertx.setPeriodic(SWEEP_MILLIS, timer -> nudge());
    }

    void onStop(@Observes ShutdownEvent event) {
        context.runOnContext(run -> stopped = true);
    }

    /** There may be work; from any thread. */
    void nudge() {
        if (serving && stripe.configured()) context.runOnContext(run -> pass());
    }

    private void pass() {
        again = running;
        if (running || stopped) return;
        running = true;
        sync.run()
                .subscribe()
                .with(
                        done -> context.runOnContext(run -> end(done == CouponSync.BATCH, null)),
                        failure -> context.runOnContext(run -> end(false, failure)));
    }

    private void end(boolean more, @Nullable Throwable failure) {
        running = false;
        report(failure);
        if (failure == null && (again || more)) pass();
    }

    /** Once when passes begin to fail, not every five seconds while PostgreSQL is away. */
    private void report(@Nullable Throwable failure) {
        if (failure != null && !failing) LOG.warn("Codes wait: they could not be brought to Stripe", failure);
        failing = failure != null;
    }
}
