package dev.tributary.payout.rail;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast a provider may be asked: evenly, so that in no second more leave than it allows, however late the last came. Nothing
 * is saved up while nobody asks.
 *
 * <p>Safe for use by many threads; each gets a turn of its own.
 */
public final class Pace {
    private final long between;
    private final LongSupplier clock;
    private long free;
    private boolean begun;

    /** @param perSecond at most so many, from 1 to 1,000 */
    public Pace(int perSecond, LongSupplier clock) {
        if (perSecond < 1 || perSecond > 1_000) throw new IllegalArgumentException("A pace is 1 to 1,000 a second");
        // rounded up: a nanosecond too slow is right, one too fast is not
        between = (Duration.ofSeconds(1).toNanos() + perSecond - 1) / perSecond;
        this.clock = clock;
    }

    /**
     * Takes the turn that is free now, and answers zero; or takes none, and answers how long it is until one is. Who comes late
     * to a turn of {@link #take} leaves close to the next; who asks again just before it leaves never does.
     */
    public synchronized Duration takeIfFree() {
        long now = clock.getAsLong();
        if (begun && free - now > 0) return Duration.ofNanos(free - now);
        begun = true;
        free = now + between;
        return Duration.ZERO;
    }

    /** Takes the next turn; answers how long to wait for it. */
    public synchronized Duration take() {
        long now = clock.getAsLong();
        long turn = begun && free - now > 0 ? free : now;
        begun = true;
        free = turn + between;
        return Duration.ofNanos(turn - now);
    }
}
