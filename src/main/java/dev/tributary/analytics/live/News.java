package dev.tributary.analytics.live;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What one pass of the feed found for the streams of this instance: commissions to tell of, and who is to be shown all anew. */
final class News {
    /** Commissions that a stream is told of one by one at once; beyond, a snapshot says more. */
    static final int MOST = 200;

    private final Map<LiveStream, Map<UUID, Boolean>> commissions = new LinkedHashMap<>();
    private final Set<LiveStream> overrun = new LinkedHashSet<>();
    private double oldest;

    /** Adds an event to those streams that show the affiliate's earnings in the program. */
    void add(FeedQueries.Told event, LiveStreams streams) {
        for (LiveStream stream : streams.of(event.affiliate())) {
            if (stream.isFresh() || !stream.program().equals(event.program())) continue;
            if (event.ofCommission()) add(stream, event.aggregateId(), event.type());
            else overrun.add(stream);
            oldest = Math.max(oldest, event.age());
        }
    }

    /** Adds a commission to what one stream is told; it is new where any of its events says so. */
    void add(LiveStream stream, UUID commission, String type) {
        Map<UUID, Boolean> own = commissions.computeIfAbsent(stream, s -> new LinkedHashMap<>());
        if (own.size() < MOST || own.containsKey(commission))
            own.merge(commission, type.equals("commission.earned"), Boolean::logicalOr);
        else overrun.add(stream);
    }

    /** By stream, and then by commission whether it is new; without those that are shown all anew. */
    Map<LiveStream, Map<UUID, Boolean>> commissions() {
        overrun.forEach(commissions::remove);
        return commissions;
    }

    /** Those whom a snapshot tells more than what happened one by one. */
    Set<LiveStream> overrun() {
        return overrun;
    }

    Set<UUID> ids() {
        Set<UUID> ids = new LinkedHashSet<>();
        commissions().values().forEach(own -> ids.addAll(own.keySet()));
        return ids;
    }

    /** Seconds since the earliest of the events, from the beginning of its transaction. */
    double oldest() {
        return oldest;
    }
}
