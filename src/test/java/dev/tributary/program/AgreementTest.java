package dev.tributary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    private static Agreement version(Instant from, @Nullable Instant until, @Nullable Instant grace) {
        return new Agreement(new UUID(0, 1), new UUID(0, 2), 1, "T", "text", null, from, until, grace, NOW);
    }

    private static AgreementState state(@Nullable Instant grace, @Nullable Instant accepted) {
        return new AgreementState(new UUID(0, 1), 1, "T", NOW, grace, accepted);
    }

    @Test
    void nothing_new_is_made_before_acceptance_unless_there_is_grace() {
        Instant grace = NOW.plusSeconds(60);
        assertThat(state(null, null).mayCreate(NOW)).isFalse();
        assertThat(state(grace, null).mayCreate(NOW)).isTrue();
        assertThat(state(grace, null).mayCreate(grace)).isFalse();
        assertThat(state(grace, NOW).mayCreate(grace)).isTrue();
        assertThat(state(null, NOW).mayCreate(NOW)).isTrue();
    }

    @Test
    void a_version_is_valid_from_its_first_moment_and_over_at_its_last() {
        Instant end = NOW.plusSeconds(60);
        Agreement version = version(NOW, end, null);
        assertThat(version.isValid(NOW.minusNanos(1_000))).isFalse();
        assertThat(version.isValid(NOW)).isTrue();
        assertThat(version.hasEnded(end.minusNanos(1_000))).isFalse();
        assertThat(version.hasEnded(end)).isTrue();
        assertThat(version(NOW, null, null).hasEnded(Instant.MAX)).isFalse();
    }

    @Test
    void grace_may_last_a_year_and_no_longer() {
        Instant year = NOW.plus(Duration.ofDays(365));
        assertThatCode(() -> version(NOW, null, year).checked(null)).doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> version(NOW, null, year.plus(Duration.ofDays(2))).checked(null))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> version(Instant.MAX, Instant.MAX, Instant.MAX).checked(null))
                .isInstanceOf(Problem.class);
    }

    @Test
    void a_long_user_agent_is_cut() {
        assertThat(new Agreement.Acceptance("s", "", "x".repeat(10_000)).userAgent())
                .hasSize(512);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "203.0.113.0/24", "2001:db8:1::/48"})
    void a_network_is_kept(String network) {
        assertThat(new Agreement.Acceptance("s", network, "").ipPrefix()).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "203.0.113.7/32", "2001:db8::1", "nonsense"})
    void a_whole_address_is_not(String address) {
        assertThatThrownBy(() -> new Agreement.Acceptance("s", address, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
