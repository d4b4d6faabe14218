package dev.tributary.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalLimitsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RateLimits.Policy THREE = new RateLimits.Policy("v1", 3, HOUR);

    private final LocalLimits limits = new LocalLimits();

    @Test
    void the_limit_passes_and_no_more_until_the_window_ends() {
        for (int i = 0; i < 3; i++)
            assertThat(limits.take(THREE, "k", i).remaining()).isEqualTo(2 - i);
        RateLimit refused = limits.take(THREE, "k", HOUR.toNanos() - 1);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.resetSeconds()).isEqualTo(1);
        assertThat(limits.take(THREE, "k", HOUR.toNanos()).allowed()).isTrue();
        assertThat(limits.take(THREE, "k", HOUR.toNanos()).remaining()).isEqualTo(1);
    }

    @Test
    void subjects_do_not_share() {
        for (int i = 0; i < 4; i++) limits.take(THREE, "a", 0);
        assertThat(limits.take(THREE, "b", 0).allowed()).isTrue();
    }

    @Test
    void it_goes_on_from_what_redis_said() {
        limits.learn("k", 2, 10_000, 0);
        limits.learn("k", 1, 10_000, 0);
        RateLimit last = limits.take(THREE, "k", 0);
        assertThat(last.allowed()).isTrue();
        assertThat(last.remaining()).isZero();
        assertThat(last.resetSeconds()).isEqualTo(10);
        assertThat(limits.take(THREE, "k", 0).allowed()).isFalse();
    }

    @Test
    void the_headers_are_structured_fields() {
        RateLimit told = limits.take(THREE, "k", 0);
        assertThat(told.policyHeader()).isEqualTo("\"v1\";q=3;w=3600");
        assertThat(told.header()).isEqualTo("\"v1\";r=2;t=3600");
    }

    @Test
    void a_rule_that_makes_no_sense_is_a_mistake_of_ours() {
        for (String name : new String[] {"", "V1", "a\"b", "x".repeat(41)})
            assertThatThrownBy(() -> new RateLimits.Policy(name, 1, HOUR)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimits.Policy("v1", 0, HOUR)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimits.Policy("v1", 1, Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimits.Policy("v1", 1, Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
