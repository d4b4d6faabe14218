package dev.tributary.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests Stripe is believed to have sent. */
class StripeSignatureTest {
    private static final String SECRET = "whsec_test";
    private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000L);
    private static final byte[] BODY = "{\"id\": \"evt_1\"}".getBytes(StandardCharsets.UTF_8);
    private static final String V1 = "0123456789abcdef".repeat(4);

    @Test
    void a_signature_is_hmac_sha256_of_timestamp_and_body() {
        // Computed with: printf '1795000000.{"id": "evt_1"}' | openssl dgst -sha256 -hmac whsec_test
        assertThat(HexFormat.of().formatHex(StripeSignature.sign(SECRET, "1795000000", BODY)))
                .isEqualTo("2a33f7c61f083459d8e1933ded580e7b06f387450c3ce7c32a619eb503461e0b");
    }

    @Test
    void any_of_several_secrets_and_signatures_will_do() {
        String good = signature(SECRET, NOW);
        assertThat(proves("t=1795000000,v1=" + good, SECRET)).isTrue();
        assertThat(proves("t=1795000000,v1=" + V1 + ",v0=abc,v1=" + good, SECRET))
                .isTrue();
        assertThat(proves("t=1795000000,v1=" + good, "whsec_old", SECRET)).isTrue();
        assertThat(proves("t=1795000000,v1=" + good, "whsec_other")).isFalse();
        assertThat(proves("t=1795000000,v1=" + good)).isFalse();
        assertThat(proves("t=1795000000,v1=" + V1, SECRET)).isFalse();
        assertThat(proves("t=1795000001,v1=" + good, SECRET)).isFalse();
    }

    @Test
    void five_minutes_either_way_are_tolerated_and_no_more() {
        for (int seconds : List.of(-300, 0, 300))
            assertThat(provesAfter(seconds)).isTrue();
        for (int seconds : List.of(-301, 301, 86_400))
            assertThat(provesAfter(seconds)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "t=1",
                "v1=00",
                "t=,v1=",
                "t=1795000000",
                "t=1,t=2,v1=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "t=-1,v1=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "t=99999999999999999999,v1=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "t=1795000000,v1=0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                "t=1795000000;v1=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "\u0000\u0001"
            })
    void a_garbled_header_is_no_signature(String header) {
        assertThat(StripeSignature.parse(header)).isEmpty();
    }

    @Test
    void a_header_without_end_is_no_signature() {
        assertThat(StripeSignature.parse(null)).isEmpty();
        assertThat(StripeSignature.parse("t=1795000000" + (",v1=" + V1).repeat(11)))
                .isEmpty();
        assertThat(StripeSignature.parse("t=1795000000,v1=" + V1 + ",x=" + "y".repeat(5_000)))
                .isEmpty();
    }

    private static boolean provesAfter(int seconds) {
        return StripeSignature.parse("t=1795000000,v1=" + signature(SECRET, NOW))
                .orElseThrow()
                .proves(BODY, List.of(SECRET), NOW.plus(Duration.ofSeconds(seconds)));
    }

    private static boolean proves(String header, String... secrets) {
        return StripeSignature.parse(header).orElseThrow().proves(BODY, List.of(secrets), NOW);
    }

    private static String signature(String secret, Instant at) {
        return HexFormat.of().formatHex(StripeSignature.sign(secret, Long.toString(at.getEpochSecond()), BODY));
    }
}
