package dev.tributary.conversion;

import dev.tributary.conversion.ConversionRepository.Waiting;
import dev.tributary.postgres.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Brings together what did not arrive in its order, every two seconds: conversions whose click has landed since, and
 * refunds that were told at the very moment of their sale. A batch command sweeps nothing.
 *
 * <p>A pass looks at the next of those that wait, in the order of their ids, and begins anew after the last: however many
 * wait, a pass is short. Several instances may do the same at once; the second finds nothing to change.
 */
@ApplicationScoped
class LateSweep {
    private static final Logger LOG = Logger.getLogger(LateSweep.class);
    private static final long SWEEP_MILLIS = 2_000;
    /** Looked at in a pass: an index scan and as many look-ups of a click, some tens of milliseconds. */
    private static final int PAGE = 2_000;
    /** Decided in one transaction, far within its deadline. */
    private static final int AT_ONCE = 200;

    private static final UUID START = new UUID(0, 0);

    private final Transactions transactions;
    private final ConversionRepository conversions;
    private final Redecisions redecisions;
    private final Refunds refunds;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile UUID after = START;
    private volatile boolean failing;

    LateSweep(
            Transactions transactions,
            ConversionRepository conversions,
            Redecisions redecisions,
            Refunds refunds,
            Clock clock) {
        this.transactions = transactions;
        this.conversions = conversions;
        this.redecisions = redecisions;
        this.refunds = refunds;
        this.clock = clock;
    }

    void onStart(
            @Observes StartupEvent event,
            Vertx vertx,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (!mode.equals("job")) vertx.setPeriodic(SWEEP_MILLIS, timer -> begin());
    }

    private void begin() {
        if (!running.compareAndSet(false, true)) return;
        sweep().onTermination()
                .invoke(() -> running.set(false))
                .subscribe()
                .with(done -> failing = false, this::report);
    }

    /** Once when passes begin to fail, not every two seconds while PostgreSQL is away. */
    private void report(Throwable failure) {
        if (!failing) LOG.warn("Late clicks and refunds wait: a sweep failed", failure);
        failing = true;
    }

    /** One pass; answers how many came together. */
    Uni<Integer> sweep() {
        return clicks().chain(decided ->
                transactions.run(tx -> refunds.settleSome(tx, AT_ONCE)).map(settled -> decided + settled));
    }

    private Uni<Integer> clicks() {
        return transactions
                .read(c -> conversions.waiting(c, after, PAGE, clock.instant()))
                .invoke(page -> after =
                        page.size() < PAGE ? START : page.get(page.size() - 1).id())
                .map(page -> page.stream()
                        .filter(Waiting::ripe)
                        .map(Waiting::id)
                        .limit(AT_ONCE)
                        .toList())
                .chain(this::decide);
    }

    private Uni<Integer> decide(List<UUID> ripe) {
        if (ripe.isEmpty()) return Uni.createFrom().item(0);
        return transactions.run(tx -> redecisions.again(tx, ripe, null)).map(result -> result.changed()
                .size());
    }
}
