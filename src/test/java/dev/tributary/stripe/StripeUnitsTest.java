package dev.tributary.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.money.Money;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeUnitsTest {
    @ParameterizedTest
    @CsvSource({
        "1999, USD, 1999",
        "500, JPY, 500",
        "1230, BHD, 1230",
        "5, ISK, 500",
        "5, UGX, 500",
        "500, MGA, 5",
    })
    void each_currency_in_the_unit_that_stripe_counts(long minor, String currency, long stripes) {
        assertThat(StripeUnits.of(new Money(minor, currency))).contains(stripes);
        assertThat(StripeUnits.read(stripes, currency.toLowerCase(Locale.ROOT))).isEqualTo(new Money(minor, currency));
    }

    @Test
    void what_stripe_has_no_number_for_is_not_rounded() {
        assertThat(StripeUnits.of(new Money(1_235, "BHD"))).isEqualTo(Optional.empty());
        assertThat(StripeUnits.of(new Money(505, "MGA"))).isEqualTo(Optional.empty());
        assertThat(StripeUnits.of(new Money(Long.MAX_VALUE, "ISK"))).isEqualTo(Optional.empty());
    }
}
