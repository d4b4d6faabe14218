package dev.tributary.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "eur", "EU", "EURO", "E1R", " EUR"})
    void a_currency_is_three_capital_letters(String currency) {
        assertThatThrownBy(() -> new Money(5, currency)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_amount_may_be_a_debt() {
        assertThat(new Money(-5, "EUR").amount()).isEqualTo(-5);
    }

    @Test
    void a_share_is_from_nothing_to_all() {
        assertThat(Shares.isShare(0)).isTrue();
        assertThat(Shares.isShare(10_000)).isTrue();
        assertThat(Shares.isShare(-1)).isFalse();
        assertThat(Shares.isShare(10_001)).isFalse();
    }
}
