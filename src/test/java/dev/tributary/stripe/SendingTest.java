package dev.tributary.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.stripe.Reply.Kind;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SendingTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofMillis(500);

    @ParameterizedTest
    @CsvSource({
        "DONE, Done",
        "REPLAYED, Done",
        "REFUSED, Refused",
        "DENIED, Refused",
        "LIMITED, NotNow",
        "UNREACHED, NotNow",
        "KEY_IN_USE, Unknown",
        "BROKEN, Unknown",
        "SPENT, Unknown",
        "SILENT, Unknown"
    })
    void each_reply_to_a_keyed_call_has_its_answer(Kind kind, String answer) {
        assertThat(named(after("key", kind))).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "DONE, Done",
        "REPLAYED, Done",
        "REFUSED, Refused",
        "DENIED, Unknown",
        "LIMITED, Unknown",
        "UNREACHED, Unknown",
        "KEY_IN_USE, Unknown",
        "BROKEN, Unknown",
        "SPENT, Unknown",
        "SILENT, Unknown"
    })
    void after_a_silent_attempt_only_what_tells_of_it_ends_the_doubt(Kind kind, String answer) {
        assertThat(named(after("key", Kind.SILENT, kind))).isEqualTo(answer);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_may_be_done_twice_is_never_unknown(Kind kind) {
        assertThat(after(null, Kind.SILENT, kind)).isNotInstanceOf(StripeAnswer.Unknown.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothing_is_tried_more_than_five_times(Kind kind) {
        Sending<String> sending = new Sending<>(call("key"), new Random(1), FIRST);
        int attempts = 1;
        while (sending.pause(reply(kind, null), LONG).isPresent()) attempts++;

        assertThat(attempts).isEqualTo(kind.again() ? Sending.MOST_ATTEMPTS : 1);
    }

    @Test
    void pauses_double_and_are_drawn_from_their_upper_half() {
        Sending<String> sending = new Sending<>(call("key"), new Random(1), FIRST);

        for (long whole : new long[] {500, 1_000, 2_000, 4_000})
            assertThat(sending.pause(reply(Kind.BROKEN, null), LONG).orElseThrow())
                    .isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
    }

    @Test
    void what_stripe_asks_for_is_waited_where_there_is_time() {
        Duration asked = Duration.ofSeconds(7);

        assertThat(new Sending<>(call("key"), new Random(1), FIRST).pause(reply(Kind.LIMITED, asked), LONG))
                .contains(asked);
        assertThat(new Sending<>(call("key"), new Random(1), FIRST).pause(reply(Kind.LIMITED, asked), asked))
                .isEmpty();
    }

    @Test
    void a_key_that_answers_the_same_failure_for_ever_is_told() {
        assertThat(after("key", Kind.BROKEN, Kind.SPENT))
                .isEqualTo(new StripeAnswer.Unknown<String>(true, Kind.SPENT.name()));
    }

    private static StripeAnswer<String> after(@Nullable String key, Kind... kinds) {
        Sending<String> sending = new Sending<>(call(key), new Random(1), FIRST);
        Reply<String> last = reply(kinds[0], null);
        for (Kind kind : kinds) {
            last = reply(kind, null);
            sending.pause(last, LONG);
        }
        return sending.answer(last);
    }

    private static StripeCall<String> call(@Nullable String key) {
        return new StripeCall<>("test", key, LONG, (client, options) -> "");
    }

    private static Reply<String> reply(Kind kind, @Nullable Duration retryAfter) {
        String value = kind == Kind.DONE || kind == Kind.REPLAYED ? "value" : null;
        return new Reply<>(kind, value, 0, null, null, kind.name(), retryAfter);
    }

    private static String named(StripeAnswer<String> answer) {
        return answer.getClass().getSimpleName();
    }
}
