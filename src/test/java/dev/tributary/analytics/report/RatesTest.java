package dev.tributary.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Shares, means and changes. */
class RatesTest {
    @Test
    void shares_round_half_up_and_of_nothing_there_are_none() {
        assertThat(Rates.bps(1, 3)).isEqualTo(3_333);
        assertThat(Rates.bps(1, 20_000)).isEqualTo(1);
        assertThat(Rates.bps(3, 2)).isEqualTo(15_000);
        assertThat(Rates.bps(1, 0)).isNull();
        assertThat(Rates.bps(0, 5)).isZero();
    }

    @Test
    void amounts_for_each_and_for_a_hundred() {
        assertThat(Rates.mean(1_000, 3)).isEqualTo(333);
        assertThat(Rates.perHundred(1, 200)).isEqualTo(1);
        assertThat(Rates.perHundred(5, 0)).isNull();
    }

    @Test
    void a_change_is_of_what_was_before() {
        assertThat(Rates.change(20, 25)).isEqualTo(2_500);
        assertThat(Rates.change(20, 0)).isEqualTo(-10_000);
        assertThat(Rates.change(0, 5)).isNull();
        // taken back more than given before: less of it is a rise
        assertThat(Rates.change(-10, -5)).isEqualTo(5_000);
    }

    @Test
    void the_largest_amounts_do_not_overflow() {
        assertThat(Rates.bps(Long.MAX_VALUE / 2, Long.MAX_VALUE)).isEqualTo(5_000);
        assertThat(Rates.perHundred(Long.MAX_VALUE / 200, 1)).isEqualTo(Long.MAX_VALUE / 200 * 100);
    }
}
