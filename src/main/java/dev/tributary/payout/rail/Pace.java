package dev.tributary.payout.rail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How fast a provider may be asked: in no second do more turns come to it than it allows, however long they were on
 * their way.
 *
 * <p>There are as many turns as a second allows, and one is free again a second after its answer came. So what comes to
 * the provider within one second holds its turns all at once: whatever came there at some moment was answered after it,
 * and who took that turn next left a second after the answer. Nothing is assumed of how long requests wait for a
 * thread, a connection or the provider; the price is their time, 5 in 100 where an answer takes 50 ms. Beside that
 * turns follow each other evenly, and of a pause no more is caught up than {@link #LATE}.
 *
 * <p>What it does not know: requests of other processes, and of this one before it was started; bytes that still arrive
 * after the caller gave up; that some look-ups are several requests.
 *
 * <p>Safe for use by many threads.
 */
public final class Pace {
    /** Longer than a timer on a busy machine is late, so that no more is lost. */
    static final Duration LATE = Duration.ofMillis(100);

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private final long between;
    private final LongSupplier clock;
    /** When the turns of those that were answered are free again, the next first; never more than a second allows. */
    private final Deque<Long> resting = new ArrayDeque<>();

    private int asked;
    private long free;
    private boolean begun;

    /** @param perSecond at most so many, from 1 to 1,000 */
    public Pace(int perSecond, LongSupplier clock) {
        if (perSecond < 1 || perSecond > 1_000) throw new IllegalArgumentException("A pace is 1 to 1,000 a second");
        this.perSecond = perSecond;
        // rounded up: a nanosecond too slow is right, one too fast is not
        between = (SECOND + perSecond - 1) / perSecond;
        this.clock = clock;
    }

    /** Takes a turn that is free now, and answers zero; or takes none, and answers how long it is until one may be. */
    public synchronized Duration takeIfFree() {
        long now = clock.getAsLong();
        long wait = Math.max(untilOneHasRested(now), begun ? free - now : 0);
        if (wait > 0) return Duration.ofNanos(wait);
        long earliest = begun ? now - LATE.toNanos() : now;
        free = (begun && free - earliest > 0 ? free : earliest) + between;
        begun = true;
        asked++;
        return Duration.ZERO;
    }

    /** Who took a turn has its answer, or will never have one. */
    public synchronized void answered() {
        asked--;
        resting.add(clock.getAsLong() + SECOND);
    }

    /** Where none is resting none was answered, and none is free within a second. */
    private long untilOneHasRested(long now) {
        while (!resting.isEmpty() && resting.peek() - now <= 0) resting.poll();
        if (asked + resting.size() < perSecond) return 0;
        return resting.isEmpty() ? SECOND : resting.peek() - now;
    }
}
