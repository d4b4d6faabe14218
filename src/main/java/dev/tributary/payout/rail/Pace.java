package dev.tributary.payout.rail;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast a provider may be asked: in no second more come to it than it allows, whenever they are to be sent.
 *
 * <p>Turns follow each other evenly. Who leaves late for its turn, because a timer or the machine was, takes nothing from those
 * after it as long as that was no more than {@link #LATE}; of a longer pause only that much is caught up. What leaves within a
 * second had its turns within that second and {@code LATE} before it, and what comes to the provider within a second left within
 * that and {@link #ON_ITS_WAY} before it, so turns lie apart by as much more than the limit asks.
 *
 * <p>Safe for use by many threads.
 */
public final class Pace {
    /** A tenth of the pace is given for it. Longer than a timer on a busy machine is late, so that no more is lost. */
    static final Duration LATE = Duration.ofMillis(100);

    /**
     * Requests wait for a thread and a connection and overtake each other; measured were 521 that came in a second where 500
     * left at most, on a machine whose processors were all busy.
     */
    static final Duration ON_ITS_WAY = Duration.ofMillis(100);

    private final long between;
    private final LongSupplier clock;
    private long free;
    private boolean begun;

    /** @param perSecond at most so many, from 1 to 1,000 */
    public Pace(int perSecond, LongSupplier clock) {
        if (perSecond < 1 || perSecond > 1_000) throw new IllegalArgumentException("A pace is 1 to 1,000 a second");
        // rounded up: a nanosecond too slow is right, one too fast is not
        between = (Duration.ofSeconds(1).plus(LATE).plus(ON_ITS_WAY).toNanos() + perSecond - 1) / perSecond;
        this.clock = clock;
    }

    /** Takes the turn that is free now, and answers zero; or takes none, and answers how long it is until one is. */
    public synchronized Duration takeIfFree() {
        long now = clock.getAsLong();
        if (begun && free - now > 0) return Duration.ofNanos(free - now);
        long earliest = now - LATE.toNanos();
        long turn = begun && free - earliest > 0 ? free : begun ? earliest : now;
        begun = true;
        free = turn + between;
        return Duration.ZERO;
    }
}
