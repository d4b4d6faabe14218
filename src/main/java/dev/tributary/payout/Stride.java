package dev.tributary.payout;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * How large this instance's steps are: the largest, until one fails; then half, down to a single enrollment, and slowly up
 * again. So one enrollment that cannot be paid, or a machine that is too slow, stops no run before it is alone with it.
 */
@ApplicationScoped
class Stride {
    private static final Logger LOG = Logger.getLogger(Stride.class);
    /** A step of one enrollment that fails as often is not a matter of load. */
    private static final int MOST_FAILURES = 5;

    private final Chunks chunks;
    private final AtomicInteger size = new AtomicInteger(Chunks.MOST);
    private final AtomicInteger failures = new AtomicInteger();

    Stride(Chunks chunks) {
        this.chunks = chunks;
    }

    /** One step. A failure is logged and makes the next one smaller; the run fails where nothing smaller is left to try. */
    Uni<Chunks.Outcome> step(UUID run) {
        return chunks.step(run, size.get())
                .invoke(outcome -> {
                    if (outcome != Chunks.Outcome.WENT_ON) return;
                    failures.set(0);
                    size.updateAndGet(now -> Math.min(Chunks.MOST, now * 2));
                })
                .onFailure()
                .recoverWithUni(failure -> shorten(run, failure));
    }

    private Uni<Chunks.Outcome> shorten(UUID run, Throwable failure) {
        LOG.warnf(failure, "A step of a run of payouts with %d enrollments failed", size.get());
        if (size.get() > 1) {
            size.updateAndGet(now -> Math.max(1, now / 2));
            return Uni.createFrom().item(Chunks.Outcome.WENT_ON);
        }
        if (failures.incrementAndGet() < MOST_FAILURES) return Uni.createFrom().item(Chunks.Outcome.BUSY);
        failures.set(0);
        return chunks.fail(run, String.valueOf(failure.getMessage())).replaceWith(Chunks.Outcome.OVER);
    }
}
