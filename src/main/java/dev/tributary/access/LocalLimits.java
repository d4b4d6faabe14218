package dev.tributary.access;

import java.util.Map;

/**
 * The windows as this process knows them: what it goes by while Redis is away. It goes on from what Redis said last, so
 * that a Redis that dies does not give everybody a whole limit anew.
 */
final class LocalLimits {
    /** Some 15 MB; whose window is dropped for newer ones begins anew, while Redis is away. */
    private static final int MOST = 100_000;

    private final Map<String, Window> windows = Recent.atMost(MOST);

    /** Takes one of the limit, if there is one left. */
    synchronized RateLimit take(RateLimits.Policy policy, String key, long nanos) {
        Window window = windows.get(key);
        if (window == null || window.endsNanos - nanos <= 0)
            window = new Window(0, nanos + policy.window().toNanos());
        boolean allowed = window.used < policy.limit();
        if (allowed) window = new Window(window.used + 1, window.endsNanos);
        windows.put(key, window);
        return RateLimit.of(policy, allowed, window.used, (window.endsNanos - nanos) / 1_000_000);
    }

    /** Notes what Redis said; answers may arrive out of order, so a window's count only grows. */
    synchronized void learn(String key, long used, long endsInMillis, long nanos) {
        Window known = windows.get(key);
        long before = known != null && known.endsNanos - nanos > 0 ? known.used : 0;
        windows.put(key, new Window(Math.max(before, used), nanos + endsInMillis * 1_000_000));
    }

    private record Window(long used, long endsNanos) {}
}
