package dev.tributary.conversion.attribution;

import java.time.Duration;
import java.time.Instant;

/**
 * How long after a click a conversion may earn: whole days of 24 hours between two instants, so that no change of clocks
 * makes a window longer or shorter. The last moment belongs to it.
 */
record Window(int days) {
    /** How far the merchant's clock may be from ours, either way. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    Window {
        if (days < 1 || days > 365) throw new IllegalArgumentException("A window has 1 to 365 days");
    }

    /** Whether a click of that moment is in it. */
    boolean holds(Instant click, Instant conversion) {
        Instant oldest = conversion.minus(Duration.ofDays(days)).minus(TOLERANCE);
        return !click.isBefore(oldest) && !click.isAfter(conversion.plus(TOLERANCE));
    }
}
