package dev.tributary.analytics.export;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far one export has come. Slices are asked for one after the other, so that nothing here is contended. */
final class Progress {
    final Dataset dataset;
    final UUID owner;
    final UUID last;
    final @Nullable Instant landedFrom;

    private volatile UUID after;
    private volatile int line;
    private volatile long rows;
    private volatile String lastShown = "";
    private volatile boolean done;

    Progress(Dataset dataset, UUID owner, Bounds bounds) {
        this.dataset = dataset;
        this.owner = owner;
        last = bounds.last();
        landedFrom = bounds.landedFrom();
        after = bounds.after();
        line = bounds.line();
        done = !Bounds.isBelow(after, last);
    }

    UUID after() {
        return after;
    }

    int line() {
        return line;
    }

    long rows() {
        return rows;
    }

    /** The id of the last row; '' where there was none. */
    String lastShown() {
        return lastShown;
    }

    boolean done() {
        return done;
    }

    /** There is nothing before this. */
    void skipTo(UUID place) {
        if (Bounds.isBelow(after, place)) past(place);
    }

    /** Everything up to this is exported. */
    void past(UUID place) {
        after = place;
        line = Short.MAX_VALUE;
        if (!Bounds.isBelow(place, last)) done = true;
    }

    void end() {
        done = true;
    }

    void shown(int count, String id) {
        rows += count;
        lastShown = id;
    }
}
