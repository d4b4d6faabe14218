package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.PayoutState.Failed;
import dev.tributary.payout.PayoutState.Paid;
import dev.tributary.payout.PayoutState.Returned;
import dev.tributary.payout.PayoutState.Sent;
import dev.tributary.payout.PayoutState.Submitted;
import dev.tributary.payout.PayoutState.Unknown;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PayoutTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Traits STRIPE =
            new Traits(Duration.ofHours(24), true, true, Duration.ofMinutes(5), Traits.Codes.NONE);
    private static final Traits PAYMAN =
            new Traits(Duration.ZERO, false, false, Duration.ofMinutes(5), Traits.Codes.NONE);
    private static final Amounts AMOUNTS = new Amounts(1_000, 20, 240, "USD");
    private static final Transfer DONE = Transfer.done("tr_1", 740, "USD", NOW.plusSeconds(5));
    private static final Answer SILENCE = new Answer.Ambiguous("timeout", Duration.ZERO, false);

    private final Payout requested = Payout.requested(new UUID(7, 1), AMOUNTS);
    private final Payout approved = requested.approve().payout();
    private final Payout submitted = approved.submit(NOW).payout();

    @Test
    void an_accepted_one_is_paid_and_its_reservation_posted() {
        Step step = submitted.answered(1, new Answer.Known(DONE), STRIPE, at(5));

        assertThat(step.payout().state()).isEqualTo(new Paid());
        assertThat(step.effects()).containsExactly(new Effect.Settle(AMOUNTS));
        assertThat(step.payout().told(DONE, STRIPE, at(9)).effects()).isEmpty();
    }

    @Test
    void a_refusal_by_a_listed_code_is_final_and_frees_the_money() {
        Step step = submitted.answered(1, new Answer.Refused("account_closed"), STRIPE, at(5));

        assertThat(step.payout().state()).isEqualTo(new Failed("account_closed"));
        assertThat(step.effects()).containsExactly(new Effect.Release(1_000));
    }

    @Test
    void the_same_refusal_after_a_doubtful_attempt_is_not_final_and_nothing_more_is_sent_by_itself() {
        Payout twice = again(submitted.answered(1, SILENCE, STRIPE, at(5)).payout());
        Step step = twice.answered(2, new Answer.Refused("account_closed"), STRIPE, at(200));

        assertThat(step.payout().state()).isInstanceOf(Unknown.class);
        assertThat(step.effects()).isEmpty();
        assertThat(proven(step.payout())).isEqualTo(new Next.AskPerson(Ask.ABSENT));
    }

    @Test
    void a_repeated_500_is_looked_up_at_once_and_never_sent_again_by_itself() {
        Payout twice = again(submitted.answered(1, SILENCE, STRIPE, at(5)).payout());
        Payout repeated = twice.answered(2, new Answer.Ambiguous("status 500", Duration.ZERO, true), STRIPE, at(200))
                .payout();

        assertThat(next(repeated, at(200))).isEqualTo(new Next.LookUp(at(210)));
        assertThat(proven(repeated)).isEqualTo(new Next.AskPerson(Ask.ABSENT));
    }

    /** Both look-ups that prove it, and what is left to do then. */
    private static Next proven(Payout payout) {
        Instant from = ((Sent) payout.state()).attempts().provesFrom();
        Payout once = payout.found(new Finding.Absent(), STRIPE, from).payout();
        return next(
                once.found(new Finding.Absent(), STRIPE, from.plusSeconds(60)).payout(), from.plusSeconds(120));
    }

    private static Payout again(Payout payout) {
        return payout.found(new Finding.Absent(), STRIPE, at(100))
                .payout()
                .submitAgain(at(180))
                .payout();
    }

    @Test
    void in_doubt_it_is_looked_up_first_and_then_sent_again_with_the_same_key() {
        Payout unknown = submitted.answered(1, SILENCE, STRIPE, at(5)).payout();
        assertThat(unknown.state()).isInstanceOf(Unknown.class);
        assertThat(next(unknown, at(5))).isEqualTo(new Next.LookUp(at(65)));

        Payout absent = unknown.found(new Finding.Absent(), STRIPE, at(65)).payout();
        assertThat(next(absent, at(65))).isEqualTo(new Next.Send(at(125)));
    }

    @Test
    void nothing_is_sent_again_before_the_first_can_no_longer_leave() {
        Payout unknown = submitted.answered(1, SILENCE, STRIPE, at(5)).payout();
        Payout early = unknown.found(new Finding.Absent(), STRIPE, at(29)).payout();

        assertThat(next(early, at(29))).isInstanceOf(Next.LookUp.class);
    }

    @Test
    void past_the_keys_window_a_person_is_asked_once_two_look_ups_prove_that_there_is_none() {
        Payout unknown = submitted.answered(1, SILENCE, STRIPE, at(5)).payout();
        Instant late = NOW.plus(Duration.ofHours(24));
        Payout once = unknown.found(new Finding.Absent(), STRIPE, late).payout();
        assertThat(next(once, late)).isEqualTo(new Next.LookUp(late.plusSeconds(60)));
        assertThat(once.mayDecide(STRIPE, late)).isFalse();

        Payout tooSoon =
                once.found(new Finding.Absent(), STRIPE, late.plusSeconds(1)).payout();
        assertThat(tooSoon.mayDecide(STRIPE, late)).isFalse();
        Payout twice =
                once.found(new Finding.Absent(), STRIPE, late.plusSeconds(60)).payout();
        assertThat(next(twice, late.plusSeconds(60))).isEqualTo(new Next.AskPerson(Ask.ABSENT));
        assertThat(twice.mayDecide(STRIPE, late.plusSeconds(60))).isTrue();
    }

    @Test
    void nothing_is_sent_that_might_arrive_when_the_key_is_forgotten() {
        Payout unknown = submitted.answered(1, SILENCE, STRIPE, at(5)).payout();
        Payout absent = unknown.found(new Finding.Absent(), STRIPE, at(65)).payout();
        Instant last = NOW.plus(Duration.ofHours(24)).minusSeconds(30 + 600 + 1);

        assertThat(next(absent, last)).isInstanceOf(Next.Send.class);
        assertThat(next(absent, last.plusSeconds(1))).isInstanceOf(Next.LookUp.class);
    }

    @Test
    void without_a_key_doubt_is_for_a_person_and_not_before_all_can_have_arrived() {
        Payout unknown = submitted.answered(1, SILENCE, PAYMAN, at(5)).payout();

        assertThat(new Plan(PAYMAN).next(unknown, at(5))).isEqualTo(new Next.AskPerson(Ask.DOUBT));
        assertThatThrownBy(() -> unknown.sendAgain(PAYMAN, at(629))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> unknown.fail("gone", PAYMAN, at(629))).isInstanceOf(Problem.class);
        assertThat(unknown.sendAgain(PAYMAN, at(630)).payout().state()).isInstanceOf(Submitted.class);
        assertThat(unknown.fail("gone", PAYMAN, at(630)).payout().state()).isEqualTo(new Failed("gone"));
        assertThat(unknown.settle("ref_1", PAYMAN, at(6)).payout().state()).isEqualTo(new Paid());
    }

    @Test
    void want_of_funds_keeps_the_money_reserved_and_calls_somebody() {
        Step step = submitted.answered(1, new Answer.OutOfFunds("balance_insufficient", false), STRIPE, at(5));

        assertThat(step.payout().state()).isInstanceOf(Submitted.class);
        assertThat(step.effects()).containsExactly(new Effect.Page(Effect.Alarm.OUT_OF_FUNDS));
        assertThat(next(step.payout(), at(5))).isEqualTo(new Next.Send(at(65)));
        Step saved = submitted.answered(1, new Answer.OutOfFunds("balance_insufficient", true), STRIPE, at(5));
        assertThat(next(saved.payout(), at(5))).isEqualTo(new Next.AskPerson(Ask.OUT_OF_FUNDS));
    }

    @Test
    void a_rail_that_is_down_keeps_it_reserved_and_calls_somebody() {
        Step step = submitted.answered(1, new Answer.RailDown(401, false), STRIPE, at(5));

        assertThat(step.payout().state()).isInstanceOf(Submitted.class);
        assertThat(step.effects()).containsExactly(new Effect.Page(Effect.Alarm.RAIL_DOWN));
        assertThat(next(step.payout(), at(5))).isEqualTo(new Next.Send(at(65)));
        Step keyless = submitted.answered(1, new Answer.RailDown(401, false), PAYMAN, at(5));
        assertThat(new Plan(PAYMAN).next(keyless.payout(), at(5))).isEqualTo(new Next.AskPerson(Ask.RAIL_DOWN));
    }

    @Test
    void a_key_that_was_used_with_another_body_stops_everything() {
        Step step = submitted.answered(1, new Answer.KeyReused("idempotency_error"), STRIPE, at(5));

        assertThat(step.payout().state()).isInstanceOf(Unknown.class);
        assertThat(step.effects()).containsExactly(new Effect.Page(Effect.Alarm.KEY_REUSED));
        assertThat(proven(step.payout())).isEqualTo(new Next.AskPerson(Ask.KEY_REUSED));
    }

    @Test
    void an_attempt_without_an_answer_is_unknown_a_minute_after_its_claim() {
        assertThat(next(submitted, at(1))).isEqualTo(new Next.GiveUpWaiting(at(60)));
        assertThat(submitted.lost(at(59)).payout()).isEqualTo(submitted);
        assertThat(submitted.lost(at(60)).payout().state()).isInstanceOf(Unknown.class);
    }

    @Test
    void an_answer_that_nobody_waits_for_counts_only_where_the_provider_has_it() {
        Payout lost = submitted.lost(at(60)).payout();

        assertThat(lost.answered(1, new Answer.Refused("account_closed"), STRIPE, at(61))
                        .payout())
                .isEqualTo(lost);
        assertThat(lost.answered(1, new Answer.Known(DONE), STRIPE, at(61))
                        .payout()
                        .state())
                .isEqualTo(new Paid());
    }

    @Test
    void a_reversal_that_comes_before_the_answer_books_paid_and_returned_at_once() {
        Step step = submitted.told(DONE.reversed(740, at(9)), STRIPE, at(9));

        assertThat(step.payout().state()).isEqualTo(new Returned());
        assertThat(step.effects()).containsExactly(new Effect.Settle(AMOUNTS), new Effect.Return(0, 740, 240));
        assertThat(step.payout()
                        .answered(1, new Answer.Known(DONE), STRIPE, at(10))
                        .effects())
                .isEmpty();
    }

    @Test
    void what_comes_back_in_parts_is_booked_in_parts_that_sum_to_the_whole() {
        Payout paid = submitted.told(DONE, STRIPE, at(5)).payout();
        Step first = paid.told(DONE.reversed(1, at(6)), STRIPE, at(6));
        Step second = first.payout().told(DONE.reversed(370, at(7)), STRIPE, at(7));
        Step late = second.payout().told(DONE.reversed(1, at(6)), STRIPE, at(8));
        Step last = late.payout().told(DONE.reversed(740, at(9)), STRIPE, at(9));

        assertThat(first.effects()).containsExactly(new Effect.Return(0, 1, 0));
        assertThat(second.effects()).containsExactly(new Effect.Return(1, 369, 120));
        assertThat(second.payout().state()).isEqualTo(new Paid());
        assertThat(late.effects()).isEmpty();
        assertThat(last.effects()).containsExactly(new Effect.Return(2, 370, 120));
        assertThat(last.payout().state()).isEqualTo(new Returned());
    }

    @Test
    void success_after_failure_is_a_debt_and_somebody_is_called() {
        Payout failed = submitted
                .answered(1, new Answer.Refused("account_closed"), STRIPE, at(5))
                .payout();
        Step step = failed.told(DONE, STRIPE, at(9));

        assertThat(step.payout().state()).isEqualTo(new Failed("account_closed"));
        assertThat(step.effects()).containsExactly(new Effect.Overpay(0, 740), new Effect.Page(Effect.Alarm.OVERPAID));
        assertThat(step.payout().told(DONE, STRIPE, at(10)).effects()).isEmpty();
        assertThat(step.payout()
                        .told(DONE.reversed(740, at(11)), STRIPE, at(11))
                        .effects())
                .containsExactly(new Effect.Return(1, 740, 0));
    }

    @Test
    void a_second_transfer_for_one_payout_is_a_debt_and_somebody_is_called() {
        Finding both = new Finding.Found(List.of(DONE, Transfer.done("tr_2", 740, "USD", at(6))));
        Step step = submitted.found(both, STRIPE, at(9));

        assertThat(step.payout().state()).isEqualTo(new Paid());
        assertThat(step.effects())
                .containsExactly(
                        new Effect.Settle(AMOUNTS), new Effect.Overpay(0, 740), new Effect.Page(Effect.Alarm.OVERPAID));
    }

    @Test
    void a_canceled_one_that_left_all_the_same_is_a_debt_and_stays_canceled() {
        Payout canceled = requested.cancel("not wanted").payout();
        Step step = canceled.told(DONE, STRIPE, at(9));

        assertThat(step.payout().state()).isEqualTo(canceled.state());
        assertThat(step.effects()).containsExactly(new Effect.Overpay(0, 740), new Effect.Page(Effect.Alarm.OVERPAID));
    }

    @Test
    void one_that_the_provider_tells_of_before_it_was_sent_is_held_and_never_sent() {
        Step step = approved.told(DONE, STRIPE, at(9));
        Payout held = step.payout();

        assertThat(step.effects()).containsExactly(new Effect.Page(Effect.Alarm.NOT_SENT_BY_US));
        assertThat(held.maySubmit()).isFalse();
        assertThatThrownBy(() -> held.cancel("not wanted")).isInstanceOf(Problem.class);
        assertThat(held.letGo().payout().submit(at(20)).payout().state()).isEqualTo(new Paid());
    }

    @Test
    void another_amount_than_was_sent_is_booked_by_nobody_but_a_person() {
        Step step = submitted.told(Transfer.done("tr_1", 741, "USD", at(5)), STRIPE, at(5));

        assertThat(step.effects()).containsExactly(new Effect.Page(Effect.Alarm.MISMATCH));
        assertThat(step.payout().transfers().isEmpty()).isTrue();
        assertThat(next(step.payout(), at(5))).isEqualTo(new Next.AskPerson(Ask.MISMATCH));
    }

    @Test
    void a_held_one_is_asked_about_and_not_sent() {
        Payout held = approved.hold("looking into it").payout();

        assertThat(held.maySubmit()).isFalse();
        assertThat(next(held, NOW)).isEqualTo(new Next.AskPerson(Ask.HELD));
        assertThat(next(held.letGo().payout(), NOW)).isEqualTo(new Next.Send(NOW));
        assertThatThrownBy(() -> submitted.hold("too late")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> submitted.cancel("too late")).isInstanceOf(Problem.class);
        assertThatThrownBy(approved::approve).isInstanceOf(Problem.class);
    }

    @Test
    void what_a_person_says_gives_way_to_what_the_provider_says() {
        Payout unknown = submitted.answered(1, SILENCE, PAYMAN, at(5)).payout();
        Payout paid = unknown.settle("ref_1", PAYMAN, at(700)).payout();
        Step step = paid.told(Transfer.failed("ref_1", 740, "USD", "bounced", at(300)), PAYMAN, at(800));

        assertThat(step.payout().state()).isEqualTo(new Returned());
        assertThat(paid.told(Transfer.pending("ref_1", 740, "USD", at(300)), PAYMAN, at(800))
                        .effects())
                .isEmpty();
    }

    private static Next next(Payout payout, Instant now) {
        return new Plan(STRIPE).next(payout, now);
    }

    private static Instant at(int seconds) {
        return NOW.plusSeconds(seconds);
    }
}
