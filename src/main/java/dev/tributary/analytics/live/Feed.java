package dev.tributary.analytics.live;

import dev.tributary.postgres.Listeners;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop that tells open streams what is new: woken by the notification that every commit with an event sends, whichever
 * instance it was made on, and by a sweep that makes good what was lost. One pass at a time. An instance without streams reads
 * nothing, and nobody writes anything for it.
 */
@ApplicationScoped
class Feed {
    private static final Logger LOG = Logger.getLogger(Feed.class);
    /** Half of the second in which a stream hears of a commission, should its notification be lost. */
    private static final long SWEEP_MILLIS = 500;
    /** How long a pass lets news gather: one query for all that comes in this time, fifty a second at most. */
    private static final long GATHER_MILLIS = 20;
    /** Over this many milliseconds clients come back when an instance ends, so that they do not all come at once. */
    private static final int SPREAD_MILLIS = 4_000;

    private final Vertx vertx;
    private final Listeners listeners;
    private final LiveStreams streams;
    private final FeedPass pass;
    private final RandomGenerator random;
    private final Counter failures;
    private final boolean serving;
    private final Context context;
    /** Null while there are no streams. */
    private @Nullable Position since;

    private boolean gathering;
    private boolean running;
    private boolean again;
    private boolean failing;

    Feed(
            Vertx vertx,
            Listeners listeners,
            LiveStreams streams,
            FeedPass pass,
            RandomGenerator random,
            MeterRegistry metrics,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.vertx = vertx;
        this.listeners = listeners;
        this.streams = streams;
        this.pass = pass;
        this.random = random;
        failures = metrics.counter("tributary.analytics.live.failures");
        serving = mode.equals("server");
        context = vertx.getOrCreateContext();
    }

    void onStart(@Observes StartupEvent event) {
        if (!serving) return;
        streams.onFresh(this::nudge);
        listeners.listen("outbox", this::nudge);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> context.runOnContext(run -> sweep()));
    }

    /** Readiness is down from here on: whoever comes back is sent elsewhere, and draining need not wait. */
    void onDelay(@Observes ShutdownDelayInitiatedEvent event) {
        close();
    }

    void onStop(@Observes ShutdownEvent event) {
        close();
    }

    private void close() {
        for (LiveStream stream : streams.close())
            stream.end(Frames.end("shutdown", Frames.RETRY_MILLIS + random.nextInt(SPREAD_MILLIS)));
    }

    /** There may be news; from any thread. */
    void nudge() {
        if (!streams.isEmpty()) context.runOnContext(run -> gather());
    }

    private void sweep() {
        if (!streams.isEmpty()) gather();
        else if (!running) since = null;
    }

    private void gather() {
        again = running;
        if (running || gathering) return;
        gathering = true;
        vertx.setTimer(GATHER_MILLIS, timer -> context.runOnContext(run -> pass()));
    }

    private void pass() {
        gathering = false;
        running = true;
        List<LiveStream> fresh = streams.takeFresh(FeedPass.MOST_FRESH);
        pass.run(since, fresh)
                .subscribe()
                .with(
                        position -> context.runOnContext(run -> read(position)),
                        failure -> context.runOnContext(run -> failed(fresh, failure)));
    }

    private void read(Position position) {
        since = position;
        running = false;
        if (failing) LOG.info("Streams of live earnings go on");
        failing = false;
        if (again || streams.someWait()) gather();
    }

    /** The sweep tries again, from the same position; logged once, not twice a second while PostgreSQL is away. */
    private void failed(List<LiveStream> fresh, Throwable failure) {
        streams.putBack(fresh);
        running = false;
        failures.increment();
        if (!failing) LOG.warn("Streams of live earnings stand still: a pass of their feed failed", failure);
        failing = true;
    }
}
