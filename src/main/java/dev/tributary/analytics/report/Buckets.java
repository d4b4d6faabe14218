package dev.tributary.analytics.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a point of a trend stands for. Weeks are those of ISO 8601, named by their Monday. */
enum Buckets {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    static final List<String> WORDS = Arrays.stream(values()).map(Buckets::word).toList();

    /** 169 points where the clocks go back; each day of hours is a look-up of its own. */
    static final int MOST_DAYS_OF_HOURS = 7;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Buckets of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The first day of the bucket that a day is in. */
    LocalDate first(LocalDate day) {
        return switch (this) {
            case HOUR, DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The name of the bucket that a day is in. */
    String key(LocalDate day) {
        return this == MONTH
                ? first(day).toString().substring(0, 7)
                : first(day).toString();
    }
}
