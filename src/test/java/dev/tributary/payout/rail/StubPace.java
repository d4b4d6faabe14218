package dev.tributary.payout.rail;

import java.util.ArrayList;
import java.util.List;

/** When moves came: how many in any one second, counted over a window that slides, not over the clock's seconds. */
final class StubPace {
    private static final long SECOND = 1_000_000_000L;

    private final List<Long> came = new ArrayList<>();
    private int limit;

    synchronized void limit(int perSecond) {
        limit = perSecond;
    }

    /** Notes one; false where it is beyond the limit. */
    synchronized boolean came(long nanos) {
        came.add(nanos);
        return limit == 0 || within(came.size() - 1) <= limit;
    }

    private int within(int last) {
        int first = last;
        while (first > 0 && came.get(last) - came.get(first - 1) < SECOND) first--;
        return last - first + 1;
    }

    /** The most that came in any one second. */
    synchronized int fastest() {
        int most = 0;
        int first = 0;
        for (int last = 0; last < came.size(); last++) {
            while (came.get(last) - came.get(first) >= SECOND) first++;
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    synchronized int count() {
        return came.size();
    }
}
