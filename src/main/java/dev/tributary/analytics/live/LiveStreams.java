package dev.tributary.analytics.live;

import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The streams that this instance has open: at most so many, and so many of one affiliate. */
@ApplicationScoped
class LiveStreams {
    private final LiveConfig config;
    private final Map<String, Set<LiveStream>> byAffiliate = new ConcurrentHashMap<>();
    private final Queue<LiveStream> fresh = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open;
    private final Counter full;
    private final Counter tooMany;
    private volatile Runnable wake = () -> {};
    private volatile boolean closing;

    LiveStreams(LiveConfig config, MeterRegistry metrics) {
        this.config = config;
        open = metrics.gauge("tributary.analytics.live.streams", new AtomicInteger());
        full = metrics.counter("tributary.analytics.live.refused", "reason", "instance");
        tooMany = metrics.counter("tributary.analytics.live.refused", "reason", "affiliate");
    }

    /** Called whenever a stream waits for a snapshot. */
    void onFresh(Runnable action) {
        wake = action;
    }

    /** Takes it in; 503 where the instance is full or closes, 429 where the affiliate has too many. */
    synchronized void add(LiveStream stream) {
        if (closing) throw new Problem(ProblemKind.UNAVAILABLE, "This instance is shutting down");
        if (open.get() >= config.streams()) {
            full.increment();
            throw new Problem(ProblemKind.UNAVAILABLE, "This instance has as many streams as it takes");
        }
        Set<LiveStream> own = byAffiliate.computeIfAbsent(stream.affiliate(), id -> ConcurrentHashMap.newKeySet(1));
        if (own.size() >= config.streamsPerAffiliate()) {
            tooMany.increment();
            throw new Problem(
                    ProblemKind.RATE_LIMITED,
                    "There are %d streams open; close one first".formatted(config.streamsPerAffiliate()));
        }
        own.add(stream);
        open.incrementAndGet();
    }

    /** It is ready to be shown something. */
    void await(LiveStream stream) {
        fresh.add(stream);
        wake.run();
    }

    synchronized void remove(LiveStream stream) {
        stream.gone();
        Set<LiveStream> own = byAffiliate.get(stream.affiliate());
        if (own == null || !own.remove(stream)) return;
        open.decrementAndGet();
        if (own.isEmpty()) byAffiliate.remove(stream.affiliate());
    }

    boolean isEmpty() {
        return open.get() == 0;
    }

    /** Those of one affiliate, by its public id. */
    Collection<LiveStream> of(String affiliate) {
        return byAffiliate.getOrDefault(affiliate, Set.of());
    }

    List<LiveStream> all() {
        List<LiveStream> all = new ArrayList<>(open.get());
        byAffiliate.values().forEach(all::addAll);
        return all;
    }

    /** Takes at most so many of those that wait for a snapshot out of the queue. */
    List<LiveStream> takeFresh(int atMost) {
        List<LiveStream> taken = new ArrayList<>();
        while (taken.size() < atMost) {
            LiveStream next = fresh.poll();
            if (next == null) break;
            if (next.isFresh()) taken.add(next);
        }
        return taken;
    }

    /** Puts back what could not be served. */
    void putBack(List<LiveStream> streams) {
        fresh.addAll(streams);
    }

    boolean someWait() {
        return !fresh.isEmpty();
    }

    /** They are shown a snapshot next. */
    void refresh(Collection<LiveStream> streams) {
        boolean some = false;
        for (LiveStream stream : streams) {
            if (stream.refresh()) {
                fresh.add(stream);
                some = true;
            }
        }
        if (some) wake.run();
    }

    /** Takes no more in, and answers those that are open. */
    synchronized List<LiveStream> close() {
        closing = true;
        return all();
    }
}
