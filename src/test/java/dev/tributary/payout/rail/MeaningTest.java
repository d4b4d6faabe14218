package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.payout.rail.Reply.Body;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeaningTest {
    private static final Traits.Codes CODES =
            new Traits.Codes(Set.of("account_closed"), Set.of("no_funds"), Set.of("key_reused"), Set.of("busy"));
    private static final Meaning KEYED =
            new Meaning(new Traits(Duration.ofHours(24), true, true, Duration.ofMinutes(5), CODES));
    private static final Meaning KEYLESS =
            new Meaning(new Traits(Duration.ZERO, false, false, Duration.ofMinutes(5), CODES));
    private static final Body ROW =
            new Body.Row(Transfer.done("tr_1", 100, "USD", Instant.parse("2026-11-21T12:00:00Z")));
    private static final Body CLOSED = new Body.Failure("account_closed");
    private static final Body UNLISTED = new Body.Failure("something_new");
    private static final Body PAGE = new Body.Unreadable();
    private static final List<Integer> STATUSES =
            IntStream.rangeClosed(100, 599).boxed().toList();
    private static final List<Body> BODIES = List.of(
            ROW,
            CLOSED,
            UNLISTED,
            PAGE,
            new Body.Failure("no_funds"),
            new Body.Failure("key_reused"),
            new Body.Failure("busy"));

    @Test
    void what_never_left_is_no_doubt_and_silence_is() {
        assertThat(KEYED.of(new Reply.NotWritten("deadline passed"))).isEqualTo(new Answer.NotSent("deadline passed"));
        assertThat(KEYED.of(new Reply.Silence("timeout")))
                .isEqualTo(new Answer.Ambiguous("timeout", Duration.ZERO, false));
    }

    @Test
    void only_a_row_of_the_payout_in_an_answer_of_success_is_known() {
        for (int status : STATUSES)
            for (Body body : BODIES)
                assertThat(answer(status, body) instanceof Answer.Known)
                        .as("%d %s", status, body)
                        .isEqualTo(status / 100 == 2 && body == ROW);
    }

    @Test
    void only_a_listed_code_below_500_outside_of_access_is_final() {
        Set<Integer> never = Set.of(401, 403, 404, 407, 409, 429);
        for (int status : STATUSES)
            for (Body body : BODIES)
                assertThat(answer(status, body) instanceof Answer.Refused)
                        .as("%d %s", status, body)
                        .isEqualTo(status / 100 == 4 && !never.contains(status) && body == CLOSED);
    }

    @Test
    void too_many_requests_and_every_500_are_doubt_whatever_they_say() {
        for (int status : STATUSES)
            for (Body body : BODIES)
                if (status == 429 || status >= 500)
                    assertThat(answer(status, body)).isInstanceOf(Answer.Ambiguous.class);
        assertThat(KEYED.of(new Reply.Answered(429, UNLISTED, Duration.ofSeconds(7), false)))
                .isEqualTo(new Answer.Ambiguous("status 429", Duration.ofSeconds(7), false));
    }

    @Test
    void a_saved_500_says_that_sending_again_is_no_use() {
        assertThat(KEYED.of(new Reply.Answered(500, PAGE, Duration.ZERO, true)))
                .isEqualTo(new Answer.Ambiguous("status 500", Duration.ZERO, true));
    }

    @Test
    void our_own_access_refused_is_a_rail_that_is_down() {
        for (int status : List.of(401, 403, 404))
            for (Body body : BODIES)
                assertThat(answer(status, body))
                        .isEqualTo(new Answer.RailDown(status, !(body instanceof Body.Failure)));
        assertThat(answer(407, PAGE)).isEqualTo(new Answer.RailDown(407, false));
    }

    @Test
    void a_page_in_place_of_an_answer_is_a_rail_that_is_down_and_a_doubt() {
        for (int status : List.of(200, 202, 204, 301, 302, 400, 402, 409, 422))
            assertThat(answer(status, PAGE)).isEqualTo(new Answer.RailDown(status, true));
    }

    @Test
    void a_code_that_is_not_listed_is_doubt() {
        for (int status : List.of(400, 402, 408, 410, 418, 422, 425, 451))
            assertThat(answer(status, UNLISTED)).isInstanceOf(Answer.Ambiguous.class);
        assertThat(answer(400, ROW)).isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    void want_of_funds_a_key_used_twice_and_a_key_in_use_are_answers_of_their_own() {
        assertThat(answer(402, new Body.Failure("no_funds"))).isEqualTo(new Answer.OutOfFunds("no_funds", false));
        assertThat(answer(400, new Body.Failure("key_reused"))).isEqualTo(new Answer.KeyReused("key_reused"));
        assertThat(answer(409, new Body.Failure("key_reused"))).isEqualTo(new Answer.KeyReused("key_reused"));
        assertThat(answer(400, new Body.Failure("busy"))).isEqualTo(new Answer.InProgress());
        assertThat(answer(409, UNLISTED)).isEqualTo(new Answer.InProgress());
        assertThat(answer(409, CLOSED)).isEqualTo(new Answer.InProgress());
    }

    @Test
    void without_keys_a_conflict_is_no_promise_that_somebody_is_at_it() {
        assertThat(KEYLESS.of(new Reply.Answered(409, UNLISTED))).isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    void what_will_not_mend_itself_alerts() {
        assertThat(answer(401, PAGE).alerts()).isTrue();
        assertThat(answer(402, new Body.Failure("no_funds")).alerts()).isTrue();
        assertThat(answer(400, new Body.Failure("key_reused")).alerts()).isTrue();
        assertThat(answer(500, PAGE).alerts()).isFalse();
        assertThat(answer(400, CLOSED).alerts()).isFalse();
        assertThat(answer(200, ROW).alerts()).isFalse();
        assertThat(new Answer.InProgress().alerts()).isFalse();
        assertThat(new Answer.NotSent("").alerts()).isFalse();
    }

    @Test
    void doubt_is_all_that_is_not_surely_nothing() {
        for (int status : STATUSES)
            for (Body body : BODIES) {
                Answer answer = answer(status, body);
                boolean certain = answer instanceof Answer.Known
                        || answer instanceof Answer.Refused
                        || answer instanceof Answer.OutOfFunds
                        || answer instanceof Answer.RailDown && (body instanceof Body.Failure || status == 407);
                boolean success = status < 400 && !(answer instanceof Answer.Known);
                assertThat(answer.isDoubtful()).as("%d %s", status, body).isEqualTo(!certain || success);
            }
    }

    private static Answer answer(int status, Body body) {
        return KEYED.of(new Reply.Answered(status, body));
    }
}
