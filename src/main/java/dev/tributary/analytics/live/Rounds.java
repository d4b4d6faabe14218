package dev.tributary.analytics.live;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What open streams need by the clock: heartbeats, a new beginning at midnight, and an end with the credentials they were
 * opened by.
 */
@ApplicationScoped
class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final long TICK_MILLIS = 1_000;
    /** Ticks between two heartbeats of a stream: a fifth of the server's idle timeout, below the minute of usual proxies. */
    private static final int HEARTBEAT_TICKS = 15;
    /** Ticks between two looks at whether keys and affiliates are still good: one query for each {@link #AT_ONCE} streams. */
    private static final int RIGHTS_TICKS = 10;

    private static final int AT_ONCE = 2_000;

    private final LiveStreams streams;
    private final HolderQueries holders;
    private final Clock clock;
    private int tick;
    private volatile boolean looking;

    Rounds(LiveStreams streams, HolderQueries holders, Clock clock) {
        this.streams = streams;
        this.holders = holders;
        this.clock = clock;
    }

    void onStart(
            @Observes StartupEvent event,
            Vertx vertx,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (mode.equals("server")) vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    }

    private void tick() {
        tick = (tick + 1) % (HEARTBEAT_TICKS * RIGHTS_TICKS);
        if (streams.isEmpty()) return;
        List<LiveStream> all = streams.all();
        Instant now = clock.instant();
        List<LiveStream> over = new ArrayList<>();
        for (LiveStream stream : all) {
            if (stream.holder().endedBy(now)) stream.end(Frames.end("credentials", Frames.RETRY_MILLIS));
            else if (stream.isOver(now)) over.add(stream);
            // Each has its own of the fifteen seconds, so that no second has all the work.
            if (Math.floorMod(System.identityHashCode(stream), HEARTBEAT_TICKS) == tick % HEARTBEAT_TICKS)
                stream.beat();
        }
        streams.refresh(over);
        if (tick % RIGHTS_TICKS == 0 && !looking) look(all, 0);
    }

    /** What cannot be looked up stays open until it can: whoever lost a right while PostgreSQL is away sees nothing new. */
    private void look(List<LiveStream> all, int from) {
        looking = from < all.size();
        if (!looking) return;
        List<LiveStream> part = all.subList(from, Math.min(all.size(), from + AT_ONCE));
        holders.stopped(part.stream().map(LiveStream::holder).distinct().toList())
                .subscribe()
                .with(
                        stopped -> {
                            end(part, stopped);
                            look(all, from + AT_ONCE);
                        },
                        failure -> {
                            LOG.debugf("Rights were not looked up: %s", failure.getMessage());
                            looking = false;
                        });
    }

    private static void end(List<LiveStream> part, Set<Holder> stopped) {
        if (stopped.isEmpty()) return;
        for (LiveStream stream : part)
            if (stopped.contains(stream.holder())) stream.end(Frames.end("credentials", Frames.RETRY_MILLIS));
    }
}
