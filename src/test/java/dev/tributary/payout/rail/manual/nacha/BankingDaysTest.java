package dev.tributary.payout.rail.manual.nacha;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import org.junit.jupiter.api.Test;

class BankingDaysTest {
    /** As the Federal Reserve published them. */
    private static final List<String> CLOSED_2026 = List.of(
            "2026-01-01",
            "2026-01-19",
            "2026-02-16",
            "2026-05-25",
            "2026-06-19",
            "2026-09-07",
            "2026-10-12",
            "2026-11-11",
            "2026-11-26",
            "2026-12-25");

    private static final List<String> CLOSED_2027 = List.of(
            "2027-01-01",
            "2027-01-18",
            "2027-02-15",
            "2027-05-31",
            "2027-07-05",
            "2027-09-06",
            "2027-10-11",
            "2027-11-11",
            "2027-11-25");

    @Test
    void weekdays_are_closed_on_the_published_holidays_and_on_no_others() {
        assertThat(closed(2026)).isEqualTo(CLOSED_2026);
        assertThat(closed(2027)).isEqualTo(CLOSED_2027);
    }

    private static List<String> closed(int year) {
        return LocalDate.of(year, Month.JANUARY, 1)
                .datesUntil(LocalDate.of(year + 1, Month.JANUARY, 1))
                .filter(day -> day.getDayOfWeek().getValue() <= 5)
                .filter(day -> !BankingDays.isOpen(day))
                .map(LocalDate::toString)
                .toList();
    }

    @Test
    void two_banking_days_later_leaves_out_weekends_and_holidays() {
        assertThat(BankingDays.after(LocalDate.parse("2026-11-24"), 2)).isEqualTo("2026-11-27");
        assertThat(BankingDays.after(LocalDate.parse("2026-11-25"), 2)).isEqualTo("2026-11-30");
        assertThat(BankingDays.after(LocalDate.parse("2026-11-28"), 0)).isEqualTo("2026-11-28");
    }
}
