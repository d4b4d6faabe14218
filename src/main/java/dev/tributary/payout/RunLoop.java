package dev.tributary.payout;

import dev.tributary.postgres.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop that carries out runs that are not over: one step at a time, begun right after a run is started or by the sweep, so a
 * run that lost its instance goes on with another. Of several instances one takes a step of a run.
 */
@ApplicationScoped
class RunLoop {
    private static final Logger LOG = Logger.getLogger(RunLoop.class);
    private static final long SWEEP_MILLIS = 2_000;
    /** More programs than pay on one day take turns. */
    private static final int RUNS = 20;

    private final Vertx vertx;
    private final Transactions transactions;
    private final RunRepository runs;
    private final Stride stride;
    private final boolean serving;
    private final Context context;
    private boolean running;
    private boolean stopped;
    private boolean failing;

    RunLoop(
            Vertx vertx,
            Transactions transactions,
            RunRepository runs,
            Stride stride,
            PayoutConfig config,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.runs = runs;
        this.stride = stride;
        serving = config.sending() && !mode.equals("job");
        context = vertx.getOrCreateContext();
    }

    void onStart(@Observes StartupEvent event) {
        if (serving) vertx.setPeriodic(SWEEP_MILLIS, timer -> nudge());
    }

    void onStop(@Observes ShutdownEvent event) {
        context.runOnContext(run -> stopped = true);
    }

    void nudge() {
        if (serving) context.runOnContext(run -> pass());
    }

    private void pass() {
        if (running || stopped) return;
        running = true;
        transactions
                .read(c -> runs.running(c, RUNS))
                .chain(this::steps)
                .subscribe()
                .with(
                        more -> context.runOnContext(run -> end(more, null)),
                        failure -> context.runOnContext(run -> end(false, failure)));
    }

    /** One step of each; answers whether there may be more. */
    private Uni<Boolean> steps(List<UUID> due) {
        Uni<Boolean> more = Uni.createFrom().item(false);
        for (UUID run : due)
            more = more.chain(before -> stride.step(run).map(outcome -> before || outcome == Chunks.Outcome.WENT_ON));
        return more;
    }

    private void end(boolean more, @Nullable Throwable failure) {
        running = false;
        if (failure != null && !failing) LOG.warn("Runs of payouts wait: a step of theirs failed", failure);
        failing = failure != null;
        if (more) pass();
    }
}
