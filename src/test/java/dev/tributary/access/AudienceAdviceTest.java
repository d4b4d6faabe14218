package dev.tributary.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AudienceAdviceTest {
    private static final String ISSUER = "quarkus.oidc.auth-server-url";
    private static final String AUDIENCE = "quarkus.oidc.token.audience";

    @Test
    void an_issuer_without_an_audience_is_worth_a_word() {
        assertThat(advice(Map.of(ISSUER, "https://issuer.test")))
                .hasValueSatisfying(advice -> assertThat(advice).contains("QUARKUS_OIDC_TOKEN_AUDIENCE"));
        assertThat(advice(Map.of(ISSUER, "https://issuer.test", AUDIENCE, ""))).isPresent();
    }

    @Test
    void both_or_neither_is_not() {
        assertThat(advice(Map.of(ISSUER, "https://issuer.test", AUDIENCE, "tributary")))
                .isEmpty();
        assertThat(advice(Map.of())).isEmpty();
    }

    private static Optional<String> advice(Map<String, String> settings) {
        return AudienceAdvice.of(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
    }
}
