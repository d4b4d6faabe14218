package dev.tributary.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which days a name means, and which days they are compared with. */
class NamedPeriodTest {
    @ParameterizedTest
    @CsvSource({
        "today,      2026-03-30, 2026-03-30, 2026-03-31, 2026-03-29, 2026-03-30",
        "7d,         2026-03-30, 2026-03-24, 2026-03-31, 2026-03-17, 2026-03-24",
        "30d,        2026-03-30, 2026-03-01, 2026-03-31, 2026-01-30, 2026-03-01",
        "90d,        2026-03-30, 2025-12-31, 2026-03-31, 2025-10-02, 2025-12-31",
        // as many days as the month before has
        "month,      2026-03-30, 2026-03-01, 2026-03-31, 2026-02-01, 2026-03-01",
        "month,      2026-03-12, 2026-03-01, 2026-03-13, 2026-02-01, 2026-02-13",
        "month,      2026-02-28, 2026-02-01, 2026-03-01, 2026-01-01, 2026-01-29",
        "last_month, 2026-03-30, 2026-02-01, 2026-03-01, 2026-01-01, 2026-02-01",
        "last_month, 2026-01-01, 2025-12-01, 2026-01-01, 2025-11-01, 2025-12-01",
        "quarter,    2026-06-30, 2026-04-01, 2026-07-01, 2026-01-01, 2026-04-01",
        "quarter,    2026-01-01, 2026-01-01, 2026-01-02, 2025-10-01, 2025-10-02",
        "year,       2024-12-31, 2024-01-01, 2025-01-01, 2023-01-01, 2024-01-01",
        "12m,        2026-03-30, 2025-04-01, 2026-03-31, 2024-04-01, 2025-03-31",
    })
    void a_name_means_these_days(
            String name, LocalDate today, LocalDate from, LocalDate to, LocalDate before, LocalDate until) {
        assertThat(NamedPeriod.of(name).on(today)).isEqualTo(new Span(from, to, before, until));
    }

    @Test
    void on_every_day_of_four_years_each_name_has_days_and_others_before_them() {
        LocalDate day = LocalDate.of(2023, 1, 1);
        for (; day.isBefore(LocalDate.of(2027, 1, 1)); day = day.plusDays(1))
            for (NamedPeriod period : NamedPeriod.values()) {
                Span span = period.on(day);
                assertThat(span.until()).isBeforeOrEqualTo(span.from());
                assertThat(span.days()).isBetween(1L, (long) AskedDays.MOST_DAYS);
                assertThat(span.previous().days()).isBetween(1L, 366L);
            }
    }

    @Test
    void days_that_overlap_those_they_are_compared_with_are_no_span() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        assertThatThrownBy(() -> new Span(day, day.plusDays(2), day.minusDays(1), day.plusDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Span.of(day, day)).isInstanceOf(IllegalArgumentException.class);
    }
}
