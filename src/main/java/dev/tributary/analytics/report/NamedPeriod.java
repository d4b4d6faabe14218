package dev.tributary.analytics.report;

import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;

/**
 * Days that have a name. All but {@code last_month} end with today; months, quarters and years begin with their first day
 * and are compared with as many days of the one before.
 */
enum NamedPeriod {
    TODAY("today") {
        @Override
        Span on(LocalDate today) {
            return last(today, 1);
        }
    },
    WEEK("7d") {
        @Override
        Span on(LocalDate today) {
            return last(today, 7);
        }
    },
    USUAL("30d") {
        @Override
        Span on(LocalDate today) {
            return last(today, USUAL_DAYS);
        }
    },
    SEASON("90d") {
        @Override
        Span on(LocalDate today) {
            return last(today, 90);
        }
    },
    MONTH("month") {
        @Override
        Span on(LocalDate today) {
            return Span.of(today.withDayOfMonth(1), today.plusDays(1), Period.ofMonths(1));
        }
    },
    LAST_MONTH("last_month") {
        @Override
        Span on(LocalDate today) {
            LocalDate end = today.withDayOfMonth(1);
            // the whole of each, however many days it has
            return new Span(end.minusMonths(1), end, end.minusMonths(2), end.minusMonths(1));
        }
    },
    QUARTER("quarter") {
        @Override
        Span on(LocalDate today) {
            LocalDate first = today.withDayOfMonth(1).minusMonths((today.getMonthValue() - 1) % 3);
            return Span.of(first, today.plusDays(1), Period.ofMonths(3));
        }
    },
    YEAR("year") {
        @Override
        Span on(LocalDate today) {
            return Span.of(today.withDayOfYear(1), today.plusDays(1), Period.ofYears(1));
        }
    },
    TWELVE_MONTHS("12m") {
        @Override
        Span on(LocalDate today) {
            return Span.of(today.withDayOfMonth(1).minusMonths(11), today.plusDays(1), Period.ofMonths(12));
        }
    };

    static final int USUAL_DAYS = 30;
    static final List<String> WORDS =
            Arrays.stream(values()).map(period -> period.word).toList();

    private final String word;

    NamedPeriod(String word) {
        this.word = word;
    }

    /** These days, and those before, as seen on a day. */
    abstract Span on(LocalDate today);

    static NamedPeriod of(String word) {
        return values()[WORDS.indexOf(word)];
    }

    private static Span last(LocalDate today, int days) {
        return Span.of(today.plusDays(1).minusDays(days), today.plusDays(1));
    }
}
