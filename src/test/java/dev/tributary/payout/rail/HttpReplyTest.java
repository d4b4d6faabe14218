package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Reply.Body;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpReplyTest {
    @Test
    void headers_that_matter_are_read_and_odd_ones_are_not() {
        assertThat(reply(Map.of("Retry-After", "7", "Idempotent-Replayed", "true"), "{}"))
                .isEqualTo(new Reply.Answered(200, new Body.Failure("{}"), Duration.ofSeconds(7), true));
        for (String odd : new String[] {"soon", "-1", "9999999", "", "1.5", "Wed, 21 Oct 2026 07:28:00 GMT"})
            assertThat(reply(Map.of("Retry-After", odd), "{}").retryAfter()).isEqualTo(Duration.ZERO);
        assertThat(reply(Map.of("Idempotent-Replayed", "false"), "{}").replayed())
                .isFalse();
    }

    @Test
    void what_is_no_object_of_the_provider_is_unreadable() {
        for (String body : new String[] {"", "<html>", "[]", "null", "\"text\"", "{\"a\":", " ".repeat(100_001)})
            assertThat(reply(Map.of(), body).body()).isInstanceOf(Body.Unreadable.class);
    }

    @Test
    void amounts_are_written_and_read_in_the_digits_of_their_currency() {
        assertThat(Decimals.of(new Money(7, "USD"))).isEqualTo("0.07");
        assertThat(Decimals.of(new Money(100_000_000_000L, "USD"))).isEqualTo("1000000000.00");
        assertThat(Decimals.of(new Money(7, "JPY"))).isEqualTo("7");
        assertThat(Decimals.of(new Money(7, "BHD"))).isEqualTo("0.007");
        assertThat(Decimals.minor("10.0", "USD")).isEqualTo(1_000);
        assertThatThrownBy(() -> Decimals.minor("10.001", "USD")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Decimals.minor("1e999999999", "USD")).isInstanceOf(ArithmeticException.class);
    }

    private static Reply.Answered reply(Map<String, String> headers, String body) {
        return HttpReply.of(
                200,
                name -> Optional.ofNullable(headers.get(name)),
                body,
                json -> Optional.of(new Body.Failure(json.encode())));
    }
}
