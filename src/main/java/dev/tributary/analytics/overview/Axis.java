package dev.tributary.analytics.overview;

import java.util.ArrayList;
import java.util.List;

/**
 * The vertical axis of a chart, from 0 to a round number that no value exceeds: steps are 1, 2 or 5 times a power of ten.
 *
 * @param top at least 1
 */
record Axis(long top, long step) {
    /** Lines across the chart, the lowest left out. */
    private static final int MOST_STEPS = 5;

    static Axis to(long highest) {
        if (highest <= 1) return new Axis(1, 1);
        long step = 1;
        while (step <= highest / MOST_STEPS / 10) step *= 10;
        for (int factor : new int[] {1, 2, 5, 10}) {
            if (step > Long.MAX_VALUE / factor) break;
            long wide = step * factor;
            long steps = (highest - 1) / wide + 1;
            if (steps <= MOST_STEPS && steps <= Long.MAX_VALUE / wide) return new Axis(steps * wide, wide);
        }
        // Only where the round number would not fit: its last line is the value itself.
        return new Axis(highest, highest);
    }

    /** From 0 up. */
    List<Long> ticks() {
        List<Long> ticks = new ArrayList<>();
        for (long tick = 0; ; tick += step) {
            ticks.add(tick);
            if (tick > top - step) return ticks;
        }
    }

    /** How far up a value stands, from 0 to 1; what is below 0 stands at the bottom. */
    double height(long value) {
        return Math.max(0, Math.min(1, value / (double) top));
    }
}
