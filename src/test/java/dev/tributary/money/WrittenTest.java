package dev.tributary.money;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123456 | EUR | 1,234.56",
                "-5 | EUR | -0.05",
                "1234 | JPY | 1,234",
                "1234 | BHD | 1.234",
                "9223372036854775807 | USD | 92,233,720,368,547,758.07",
                "7 | XTS | 7"
            })
    void amounts_have_the_decimals_of_their_currency(long minor, String currency, String written) {
        assertThat(Written.of(minor, currency)).isEqualTo(written);
    }
}
