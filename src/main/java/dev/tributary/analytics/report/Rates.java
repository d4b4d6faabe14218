package dev.tributary.analytics.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Shares, means and changes, rounded half up to whole basis points or minor units. */
final class Rates {
    private static final int BPS = 4;
    private static final int HUNDRED = 2;

    private Rates() {}

    /** How many of 10,000; null of nothing. */
    static @Nullable Long bps(long some, long of) {
        return ratio(some, of, BPS);
    }

    /** How much for each hundred; null for none. */
    static @Nullable Long perHundred(long amount, long count) {
        return ratio(amount, count, HUNDRED);
    }

    /** How much for each; null for none. */
    static @Nullable Long mean(long amount, long count) {
        return ratio(amount, count, 0);
    }

    /** The change in basis points of what was before; null where that was nothing. */
    static @Nullable Long change(long before, long now) {
        return before == 0 ? null : ratio(now - before, Math.abs(before), BPS);
    }

    private static @Nullable Long ratio(long some, long of, int places) {
        if (of <= 0) return null;
        return BigDecimal.valueOf(some)
                .movePointRight(places)
                .divide(BigDecimal.valueOf(of), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
