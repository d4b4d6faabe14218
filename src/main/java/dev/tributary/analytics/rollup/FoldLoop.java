package dev.tributary.analytics.rollup;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop that folds: facts right after their events are delivered, hours, months, windows and busy days twice a
 * minute; each step is repeated while there is more, days one by one with facts between them: after an upgrade there
 * may be years of them. A batch command runs no loop.
 */
@ApplicationScoped
class FoldLoop {
    private static final Logger LOG = Logger.getLogger(FoldLoop.class);
    /** Events come by the hundred: gathered this long they are folded together, at a fifth of the cost. */
    private static final long GATHER_MILLIS = 200;
    /** A nudge that was lost with its process is made good this much later; hours are looked for as often. */
    private static final long SWEEP_MILLIS = Duration.ofSeconds(30).toMillis();

    private final Vertx vertx;
    private final Folding folding;
    private final boolean serving;
    private final Context context;
    private boolean waiting;
    private boolean running;
    private boolean again;
    private boolean all;
    private boolean stopped;
    private boolean failing;

    FoldLoop(
            Vertx vertx,
            Folding folding,
            RollupConfig config,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.vertx = vertx;
        this.folding = folding;
        serving = config.folding() && !mode.equals("job");
        context = vertx.getOrCreateContext();
    }

    void onStart(@Observes StartupEvent event) {
        if (serving) vertx.setPeriodic(SWEEP_MILLIS, timer -> context.runOnContext(run -> begin(true)));
    }

    void onStop(@Observes ShutdownEvent event) {
        context.runOnContext(run -> stopped = true);
    }

    /** There are facts; from any thread. */
    void nudge() {
        if (serving) context.runOnContext(run -> gather());
    }

    private void gather() {
        if (waiting) return;
        waiting = true;
        vertx.setTimer(
                GATHER_MILLIS,
                timer -> context.runOnContext(run -> {
                    waiting = false;
                    begin(false);
                }));
    }

    private void begin(boolean everything) {
        all |= everything;
        again = running;
        if (running || stopped) return;
        running = true;
        boolean hours = all;
        all = false;
        Uni<Boolean> pass = hours ? facts().chain(this::hours) : facts().replaceWith(false);
        pass.subscribe()
                .with(
                        more -> context.runOnContext(run -> {
                            all |= more;
                            end(null);
                        }),
                        failure -> context.runOnContext(run -> end(failure)));
    }

    private Uni<Void> facts() {
        return whole(folding::facts, Folding.FACTS - 1);
    }

    /** Answers whether there may be more days. */
    private Uni<Boolean> hours() {
        return whole(folding::clicks, 0)
                .chain(() -> whole(folding::close, 0))
                .chain(() -> whole(folding::trail, 0))
                .chain(folding::share)
                .map(days -> days > 0);
    }

    /** The step again and again while it does more than so much. */
    private Uni<Void> whole(Supplier<Uni<Integer>> step, int little) {
        return Uni.createFrom()
                .deferred(() -> step.get())
                .repeat()
                .whilst(done -> done > little && !stopped)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void end(@Nullable Throwable failure) {
        running = false;
        if (failure != null && !failing) LOG.warn("Figures wait: a pass of folding failed", failure);
        failing = failure != null;
        if (failure == null && (again || all)) begin(false);
    }
}
