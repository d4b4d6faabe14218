package dev.tributary.analytics.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @ParameterizedTest
    @CsvSource({
        "today, 2026-11-21, 2026-11-22",
        "7d, 2026-11-15, 2026-11-22",
        "30d, 2026-10-23, 2026-11-22",
        "90d, 2026-08-24, 2026-11-22",
        "month, 2026-11-01, 2026-11-22",
        "last_month, 2026-10-01, 2026-11-01",
        "quarter, 2026-10-01, 2026-11-22",
        "year, 2026-01-01, 2026-11-22",
        "12m, 2025-11-22, 2026-11-22"
    })
    void each_name_stands_for_days_that_end_with_today(String period, LocalDate from, LocalDate to) {
        assertThat(Days.named(period, TODAY)).isEqualTo(new Days(from, to));
    }

    @Test
    void the_days_before_are_as_many() {
        Days days = new Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1));

        assertThat(days.length()).isEqualTo(31);
        assertThat(days.before()).isEqualTo(new Days(LocalDate.of(2026, 1, 29), LocalDate.of(2026, 3, 1)));
    }
}
