package dev.tributary.outbox;

import java.time.Duration;

/** How long a failed delivery rests: one second, doubling to five minutes; after ten attempts it is parked. */
final class Backoff {
    /** Some seventeen minutes in all: longer than a restart or a failover, shorter than anyone's patience. */
    static final int ATTEMPTS = 10;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Backoff() {}

    static Duration after(int attempts) {
        Duration pause = Duration.ofSeconds(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    static boolean parks(int attempts) {
        return attempts >= ATTEMPTS;
    }
}
