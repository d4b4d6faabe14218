package dev.tributary.conversion.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decimal amounts of networks in whole minor units. */
class PostbackTest {
    @ParameterizedTest
    @CsvSource({
        "49.99, USD, 4999",
        "49.9, USD, 4990",
        "49.990, USD, 4999",
        "0.01, EUR, 1",
        "500, JPY, 500",
        "500.0, JPY, 500",
        "1.234, BHD, 1234",
        "10000000000, USD, 1000000000000",
        "000000001.5, EUR, 150"
    })
    void a_decimal_amount_comes_out_in_whole_minor_units(String text, String currency, long minor) {
        assertThat(Postback.minor(text, Currency.getInstance(currency))).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({
        "0, USD",
        "0.00, USD",
        "-1, USD",
        "49.999, USD",
        "0.5, JPY",
        "1.2345, BHD",
        "1e3, USD",
        "'1,000', USD",
        "'', USD",
        "., USD",
        "1., USD",
        ".5, USD",
        "NaN, USD",
        "10000000000.01, USD",
        "123456789012345678901, USD",
        "٤٩, USD"
    })
    void what_does_not_is_none(String text, String currency) {
        assertThat(Postback.minor(text, Currency.getInstance(currency))).isNull();
    }
}
