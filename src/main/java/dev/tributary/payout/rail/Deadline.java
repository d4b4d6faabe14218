package dev.tributary.payout.rail;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The last moment at which an attempt's bytes may leave, on the monotonic clock: a process that was stopped between its
 * claim and the write finds it passed, and a clock that is set back does not move it. Ask just before the write.
 *
 * @param nanos as {@link System#nanoTime} counts them
 */
public record Deadline(long nanos, LongSupplier clock) {
    /** Longer than any pause that leaves a process useful, short enough for a second attempt within the minute. */
    public static final Duration SEND_WITHIN = Duration.ofSeconds(30);

    /** Counted from before the claim is written, so that it ends no later than what the claim says. */
    public static Deadline startingNow(LongSupplier clock) {
        return new Deadline(clock.getAsLong() + SEND_WITHIN.toNanos(), clock);
    }

    public boolean hasPassed() {
        return clock.getAsLong() - nanos >= 0;
    }
}
