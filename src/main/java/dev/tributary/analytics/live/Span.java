package dev.tributary.analytics.live;

import java.util.Locale;

/** The time that live earnings are of: from the last midnight, Monday or first of the month in the program's time zone. */
enum Span {
    TODAY("day"),
    WEEK("week"),
    MONTH("month");

    /** What PostgreSQL calls the calendar's unit. */
    final String unit;

    Span(String unit) {
        this.unit = unit;
    }

    /** The word in a request and in JSON. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Span of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
