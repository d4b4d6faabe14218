package dev.tributary.promo.stripe;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ends.
 *
 * @param version of the code as it was read
 * @param error why it is not in step; null where it is
 * @param next when it is tried again though nobody asks; null = not
 */
record Settlement(SyncState state, long version, @Nullable String error, int failures, @Nullable Instant next) {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 10;
    private static final int MOST_CHARACTERS = 300;

    Settlement {
        if (error != null && error.length() > MOST_CHARACTERS) error = error.substring(0, MOST_CHARACTERS);
    }

    /** When there is no step left. */
    static Settlement done(Wanted wanted, Known known) {
        boolean open = wanted.code().discount().isSomething() && wanted.code().isOpenAt(wanted.now());
        if (open && wanted.unfit().isPresent())
            return refused(wanted, wanted.unfit().get());
        SyncState state = known.couponId() == null ? SyncState.LOCAL : SyncState.SYNCED;
        return new Settlement(state, wanted.code().version(), null, 0, wanted.again());
    }

    static Settlement refused(Wanted wanted, String why) {
        return new Settlement(SyncState.REFUSED, wanted.code().version(), why, 0, wanted.again());
    }

    /** After a pause that doubles with each failure, from five seconds to an hour, or a longer one that Stripe asks for. */
    static Settlement later(Wanted wanted, int failures, Duration asked, String why) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        Instant next = wanted.now().plus(asked.compareTo(pause) > 0 ? asked : pause);
        return new Settlement(SyncState.WAITING, wanted.code().version(), why, failures + 1, next);
    }
}
