package dev.tributary.promo.validate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are counted as one. */
class FailedValidationsTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2::7, 20010db800010002",
        "2001:db8:1:2:ffff::9, 20010db800010002",
        "2001:db8:1:3::7, 20010db800010003",
        "'', ''"
    })
    void an_ipv6_subscriber_is_one(String address, String subject) {
        assertThat(FailedValidations.subject(address)).isEqualTo(subject);
    }
}
