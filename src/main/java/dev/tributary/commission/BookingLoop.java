package dev.tributary.commission;

import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.ConversionsDue;
import dev.tributary.postgres.Transactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
 * The loop that books what is due: one batch at a time, begun right after a conversion commits or by the sweep, repeated
 * while there is more. Instances share the work, because each takes what no other holds. A batch command runs no loop.
 */
@ApplicationScoped
class BookingLoop implements ConversionsDue {
    private static final Logger LOG = Logger.getLogger(BookingLoop.class);
    /** A nudge that was lost with its process is made good this much later. */
    private static final long SWEEP_MILLIS = 2_000;

    private final Vertx vertx;
    private final Transactions transactions;
    private final Booker booker;
    private final Awards awards;
    private final Counter booked;
    private final Counter failed;
    private final boolean serving;
    private final Context context;
    private boolean running;
    private boolean again;
    private boolean stopped;
    private boolean failing;

    BookingLoop(
            Vertx vertx,
            Transactions transactions,
            Booker booker,
            Awards awards,
            MeterRegistry registry,
            CommissionConfig config,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.booker = booker;
        this.awards = awards;
        booked = Counter.builder("tributary.commission.conversions")
                .description("Conversions whose commissions were computed")
                .register(registry);
        failed = Counter.builder("tributary.commission.failures")
                .description("Conversions whose commissions could not be computed")
                .register(registry);
        serving = config.booking() && !mode.equals("job");
        context = vertx.getOrCreateContext();
    }

    void onStart(@Observes StartupEvent event) {
        if (serving) vertx.setPeriodic(SWEEP_MILLIS, timer -> nudge());
    }

    void onStop(@Observes ShutdownEvent event) {
        context.runOnContext(run -> stopped = true);
    }

    @Override
    public void nudge() {
        if (serving) context.runOnContext(run -> pass());
    }

    private void pass() {
        again = running;
        if (running || stopped) return;
        running = true;
        transactions
                .run(tx -> booker.book(tx, Conversions.MOST_DUE))
                .chain(done -> transactions.run(awards::assess).map(assessed -> count(done, assessed)))
                .subscribe()
                .with(
                        more -> context.runOnContext(run -> end(more, null)),
                        failure -> context.runOnContext(run -> end(false, failure)));
    }

    /** Answers whether there may be more. */
    private boolean count(Booker.Done done, int assessed) {
        booked.increment(done.taken());
        failed.increment(done.result().failures().size());
        return done.taken() == Conversions.MOST_DUE || assessed == Awards.BATCH;
    }

    private void end(boolean more, @Nullable Throwable failure) {
        running = false;
        report(failure);
        if (failure == null && (again || more)) pass();
    }

    /** Once when passes begin to fail, not every two seconds while PostgreSQL is away. */
    private void report(@Nullable Throwable failure) {
        if (failure != null && !failing) LOG.warn("Conversions wait: their commissions could not be booked", failure);
        failing = failure != null;
    }
}
