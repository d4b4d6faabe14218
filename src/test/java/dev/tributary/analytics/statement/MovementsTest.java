package dev.tributary.analytics.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovementsTest {
    private final Movements movements = new Movements(
            "EUR",
            new Holdings(5, 20, 3),
            List.of(
                    new Movements.Sum(1, "release", 1, new Holdings(-40, 40, 0)),
                    new Movements.Sum(1, "earn", 2, new Holdings(45, 0, 0)),
                    new Movements.Sum(3, "reserve", 1, new Holdings(0, -3, 3)),
                    new Movements.Sum(3, "reverse", 1, new Holdings(0, -17, 0))));

    @Test
    void what_there_was_is_what_there_is_less_what_came_since() {
        assertThat(movements.closing(3)).isEqualTo(new Holdings(5, 20, 3));
        assertThat(movements.opening(3)).isEqualTo(new Holdings(5, 40, 0));
        assertThat(movements.closing(2)).isEqualTo(movements.opening(3));
        assertThat(movements.opening(2)).isEqualTo(movements.closing(1));
        assertThat(movements.opening(1)).isEqualTo(new Holdings(0, 0, 0));
    }

    @Test
    void movements_are_told_in_the_order_in_which_money_goes() {
        assertThat(movements.in(1)).extracting(Movements.Sum::kind).containsExactly("earn", "release");
        assertThat(movements.in(3)).extracting(Movements.Sum::kind).containsExactly("reverse", "reserve");
        assertThat(movements.in(2)).isEmpty();
        assertThat(movements.entries(1)).isEqualTo(3);
    }

    @Test
    void a_total_is_everything_that_is_owed() {
        assertThat(new Holdings(5, -20, 3).total()).isEqualTo(-12);
    }

    /** Summer time begins and ends within these. */
    @ParameterizedTest
    @CsvSource({
        "2026-03, Europe/Berlin, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
        "2026-10, Europe/Berlin, 2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z",
        "2026-11, America/New_York, 2026-11-01T04:00:00Z, 2026-12-01T05:00:00Z",
        "2026-02, Asia/Kolkata, 2026-01-31T18:30:00Z, 2026-02-28T18:30:00Z",
        "2026-12, Pacific/Kiritimati, 2026-11-30T10:00:00Z, 2026-12-31T10:00:00Z"
    })
    void a_month_is_that_of_the_place(YearMonth month, ZoneId zone, Instant from, Instant to) {
        Statement.Month found = Statement.Month.in(zone, month, to.plusSeconds(59));
        assertThat(found.from()).isEqualTo(from);
        assertThat(found.to()).isEqualTo(to);
        assertThat(found.closed()).isFalse();
        assertThat(Statement.Month.in(zone, month, to.plusSeconds(60)).closed()).isTrue();
    }
}
