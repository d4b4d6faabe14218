package dev.tributary.analytics.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How long the time is in which customers of one cohort signed up, and in which their age is counted. */
enum CohortUnit {
    MONTH(
            ChronoUnit.MONTHS,
            "(extract(year FROM %1$s) - extract(year FROM cohort)) * 12 + extract(month FROM %1$s) - extract(month FROM cohort)") {
        @Override
        LocalDate first(LocalDate day) {
            return day.withDayOfMonth(1);
        }
    },
    WEEK(ChronoUnit.WEEKS, "(date_trunc('week', %s)::date - cohort) / 7") {
        @Override
        LocalDate first(LocalDate day) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
    };

    static final List<String> WORDS =
            Arrays.stream(values()).map(CohortUnit::word).toList();

    /** Two years of months; some 300 ages of cohorts in one answer. */
    static final int MOST_COHORTS = 24;

    private final ChronoUnit unit;
    private final String age;

    CohortUnit(ChronoUnit unit, String age) {
        this.unit = unit;
        this.age = age;
    }

    /** The first day of the cohort of those who sign up on a day. */
    abstract LocalDate first(LocalDate day);

    LocalDate plus(LocalDate cohort, long units) {
        return cohort.plus(units, unit);
    }

    /** How old a cohort is on a day; 0 in its own month or week. */
    long age(LocalDate cohort, LocalDate day) {
        return unit.between(cohort, first(day));
    }

    /** SQL for the same of a column {@code cohort}; what happened before the sign-up counts with it. */
    String ageSql(String day) {
        return "greatest(%s, 0)::integer".formatted(age.formatted(day));
    }

    /** 2026-11, or a week's Monday. */
    String key(LocalDate cohort) {
        return this == MONTH ? cohort.toString().substring(0, 7) : cohort.toString();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CohortUnit of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
