package dev.tributary.analytics.report;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;

/**
 * The days that a report tells of, in the program's time zone, and the days before that it compares them with.
 *
 * @param to the day after the last
 * @param before the first of the days to compare with
 * @param until the day after the last of these; at most {@code from}
 */
record Span(LocalDate from, LocalDate to, LocalDate before, LocalDate until) {
    Span {
        if (!from.isBefore(to) || !before.isBefore(until) || until.isAfter(from))
            throw new IllegalArgumentException("%s to %s after %s to %s".formatted(from, to, before, until));
    }

    /** Compared with as many days right before. */
    static Span of(LocalDate from, LocalDate to) {
        return new Span(from, to, from.minusDays(ChronoUnit.DAYS.between(from, to)), from);
    }

    /**
     * Compared with the days of the same place in the calendar so long before: the first twelve days of a month with the
     * first twelve of the month before, and never with days of the span itself.
     */
    static Span of(LocalDate from, LocalDate to, Period back) {
        LocalDate before = from.minus(back);
        LocalDate asLong = before.plusDays(ChronoUnit.DAYS.between(from, to));
        return new Span(from, to, before, asLong.isAfter(from) ? from : asLong);
    }

    long days() {
        return ChronoUnit.DAYS.between(from, to);
    }

    /** The days compared with, as days of their own. */
    Span previous() {
        return of(before, until);
    }
}
