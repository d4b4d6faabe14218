package dev.tributary.analytics.insight;

import java.util.Locale;

/** Changes as people read them. */
final class Change {
    private Change() {}

    static String of(long now, long before) {
        if (before == 0) return String.format(Locale.ROOT, "%,d, none before", now);
        return String.format(Locale.ROOT, "%,d, %s from %,d", now, percent(now, before), before);
    }

    static String percent(double now, double before) {
        long percent = Math.round((now / before - 1) * 100);
        return String.format(Locale.ROOT, percent < 0 ? "down %,d %%" : "up %,d %%", Math.abs(percent));
    }

    static String rate(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /** At the beginning of a sentence. */
    static String named(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
