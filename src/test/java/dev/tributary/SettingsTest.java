package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void two_addresses_are_enough_to_start() {
        assertThat(Settings.wrong(config("postgresql://db:5432/tributary", "rediss://:secret@my_redis:6380")))
                .isEmpty();
    }

    @Test
    void a_missing_address_is_named_as_its_environment_variable() {
        assertThat(Settings.wrong(new SmallRyeConfigBuilder().build()))
                .containsExactly(
                        "Tributary does not start: QUARKUS_DATASOURCE_REACTIVE_URL is not set; it takes an address like"
                                + " postgresql://host:5432/database.",
                        "Tributary does not start: QUARKUS_REDIS_HOSTS is not set; it takes an address like"
                                + " redis://host:6379.");
    }

    @Test
    void a_wrong_address_is_not_repeated_because_it_may_hold_a_password() {
        assertThat(Settings.wrong(config("mysql://root:secret@db/tributary", "redis://")))
                .hasSize(2)
                .noneMatch(sentence -> sentence.contains("secret"));
    }

    private static Config config(String postgres, String redis) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(Map.of("quarkus.datasource.reactive.url", postgres, "quarkus.redis.hosts", redis))
                .build();
    }
}
