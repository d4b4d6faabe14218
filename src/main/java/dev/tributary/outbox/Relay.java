package dev.tributary.outbox;

import dev.tributary.postgres.DirectConnections;
import dev.tributary.postgres.Listeners;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop that delivers: one pass at a time, begun by a notification or by the sweep each second, repeated while there is
 * work. A batch command runs no relay.
 */
@ApplicationScoped
class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final long SWEEP_MILLIS = 1_000;

    private final Vertx vertx;
    private final Listeners listeners;
    private final Deliverer deliverer;
    private final SlotLocks locks;
    private final boolean serving;
    private final Context context;
    private boolean running;
    private boolean again;
    private boolean stopped;
    private boolean failing;

    Relay(
            Vertx vertx,
            Listeners listeners,
            DirectConnections connections,
            Deliverer deliverer,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.vertx = vertx;
        this.listeners = listeners;
        this.deliverer = deliverer;
        this.locks = new SlotLocks(vertx, connections);
        this.serving = !mode.equals("job");
        this.context = vertx.getOrCreateContext();
    }

    void onStart(@Observes StartupEvent event) {
        if (!serving) return;
        listeners.listen("outbox", this::nudge);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> nudge());
    }

    void onStop(@Observes ShutdownEvent event) {
        context.runOnContext(run -> {
            stopped = true;
            locks.release();
        });
    }

    /** There may be work; from any thread. */
    void nudge() {
        context.runOnContext(run -> pass());
    }

    private void pass() {
        again = running;
        if (running || stopped) return;
        running = true;
        locks.hold()
                .compose(slots ->
                        Future.fromCompletionStage(deliverer.deliver(slots).subscribeAsCompletionStage(), context))
                .onComplete(done -> context.runOnContext(run -> {
                    running = false;
                    report(done.failed() ? done.cause() : null);
                    if (done.succeeded() && (again || done.result() > 0)) pass();
                }));
    }

    /** Once when passes begin to fail, not every second while PostgreSQL is away. */
    private void report(@Nullable Throwable failure) {
        if (failure != null && !failing) LOG.warn("Events wait: a pass of the outbox failed", failure);
        failing = failure != null;
    }
}
