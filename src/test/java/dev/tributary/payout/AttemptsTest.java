package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.payout.PayoutState.Sent;
import dev.tributary.payout.PayoutState.Submitted;
import dev.tributary.payout.PayoutState.Unknown;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration POLL = Duration.ofMinutes(5);
    private static final Traits CIRCLE = new Traits(Duration.ofHours(24), false, true, POLL, Traits.Codes.NONE);
    private static final Traits PAYMAN = new Traits(Duration.ZERO, false, false, POLL, Traits.Codes.NONE);
    private static final Transfer PENDING = Transfer.pending("po_1", 100, "USD", NOW);
    private static final Payout SUBMITTED = Payout.requested(new UUID(7, 1), new Amounts(100, 0, 0, "USD"))
            .approve()
            .payout()
            .submit(NOW)
            .payout();

    @Test
    void pauses_double_up_to_a_quarter_of_an_hour() {
        Attempts attempts = Attempts.first(NOW);
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Attempts answered = attempts.answered(ambiguous(Duration.ZERO), CIRCLE, NOW);
            minutes.add(Duration.between(NOW, answered.notBefore()).toMinutes());
            attempts = answered.again(NOW);
        }
        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 15L, 15L);
    }

    @Test
    void a_provider_that_asks_to_be_left_alone_is_for_as_long_as_anything_is_left_alone() {
        assertThat(pause(Duration.ofSeconds(7))).isEqualTo(Duration.ofMinutes(1));
        assertThat(pause(Duration.ofMinutes(7))).isEqualTo(Duration.ofMinutes(7));
        assertThat(pause(Duration.ofMinutes(16))).isEqualTo(Duration.ofMinutes(15));
    }

    private static Duration pause(Duration asked) {
        Attempts answered = Attempts.first(NOW).answered(ambiguous(asked), CIRCLE, NOW);
        return Duration.between(NOW, answered.notBefore());
    }

    private static Answer ambiguous(Duration retryAfter) {
        return new Answer.Ambiguous("status 429", retryAfter, false);
    }

    @Test
    void one_that_the_provider_has_not_finished_is_asked_about_where_it_can_be() {
        Payout circle =
                SUBMITTED.answered(1, new Answer.Known(PENDING), CIRCLE, NOW).payout();
        Payout payman =
                SUBMITTED.answered(1, new Answer.Known(PENDING), PAYMAN, NOW).payout();

        assertThat(circle.state()).isInstanceOf(Submitted.class);
        assertThat(new Plan(CIRCLE).next(circle, NOW)).isEqualTo(new Next.LookUp(NOW.plus(POLL)));
        assertThat(new Plan(PAYMAN).next(payman, NOW)).isEqualTo(new Next.AskPerson(Ask.CONFIRM));
        assertThat(circle.mayDecide(CIRCLE, NOW.plusSeconds(900))).isFalse();
    }

    @Test
    void a_look_up_that_could_not_be_made_says_nothing_and_is_made_again() {
        Payout unknown = SUBMITTED.lost(NOW.plusSeconds(60)).payout();
        Payout unclear = unknown.found(new Finding.Unclear("timeout"), CIRCLE, NOW.plusSeconds(70))
                .payout();

        assertThat(unclear.state()).isInstanceOf(Unknown.class);
        Attempts attempts = ((Sent) unclear.state()).attempts();
        assertThat(attempts.absences()).isZero();
        assertThat(attempts.notBefore()).isEqualTo(NOW.plusSeconds(70).plus(Attempts.UNCLEAR_PAUSE));
        Payout still = SUBMITTED
                .found(new Finding.Absent(), CIRCLE, NOW.plusSeconds(1))
                .payout();
        assertThat(still.state()).as("an attempt is under way").isInstanceOf(Submitted.class);
    }

    @Test
    void what_has_ended_is_changed_by_no_look_up() {
        Payout failed =
                SUBMITTED.answered(1, new Answer.Refused("closed"), CIRCLE, NOW).payout();
        Transfer other = Transfer.done("po_1", 101, "USD", NOW);

        assertThat(failed.found(new Finding.Absent(), CIRCLE, NOW).payout()).isEqualTo(failed);
        Step mismatch = failed.told(other, CIRCLE, NOW);
        assertThat(mismatch.payout()).isEqualTo(failed);
        assertThat(mismatch.effects()).containsExactly(new Effect.Page(Effect.Alarm.MISMATCH));
        Payout unknown = SUBMITTED.lost(NOW.plusSeconds(60)).payout();
        assertThat(unknown.told(other, CIRCLE, NOW).payout().state()).isInstanceOf(Unknown.class);
    }

    @Test
    void without_keys_want_of_funds_is_for_a_person_at_once() {
        Payout poor = SUBMITTED
                .answered(1, new Answer.OutOfFunds("no_funds", false), PAYMAN, NOW)
                .payout();
        assertThat(new Plan(PAYMAN).next(poor, NOW)).isEqualTo(new Next.AskPerson(Ask.OUT_OF_FUNDS));
        assertThat(poor.mayDecide(PAYMAN, NOW)).as("it could still be written").isFalse();
        assertThat(poor.mayDecide(PAYMAN, NOW.plusSeconds(30))).isTrue();
    }

    @Test
    void what_a_provider_has_not_done_yet_holds_nothing_up() {
        Payout approved = Payout.requested(new UUID(7, 2), new Amounts(100, 0, 0, "USD"))
                .approve()
                .payout();
        Step step = approved.told(PENDING, CIRCLE, NOW);

        assertThat(step.effects()).isEmpty();
        assertThat(step.payout().isHeld()).isFalse();
        assertThat(approved.hold("wait").payout().cancel("no").payout().isHeld())
                .isFalse();
    }
}
