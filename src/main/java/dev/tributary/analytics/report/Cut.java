package dev.tributary.analytics.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What figures may be narrowed to or told apart by, beside links. */
enum Cut {
    SOURCE,
    COUNTRY,
    DEVICE,
    CODE;

    static final List<String> WORDS = Arrays.stream(values()).map(Cut::word).toList();

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
