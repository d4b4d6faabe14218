package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.MovedClock;
import dev.tributary.embedded.Stores;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Notices;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.problem.Problem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payouts from the claim to the books, on PostgreSQL, with a provider that answers as told. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class EngineDatabaseTest {
    @Inject
    Paymaster paymaster;

    @Inject
    MemoryRail rail;

    @Inject
    ProviderNotices notices;

    private UUID member;

    @BeforeEach
    void somebody_is_owed_two_thousand() {
        paymaster.begins();
        UUID program = paymaster.program(5_000);
        member = paymaster.member(program, 2_000);
        paymaster.run(program);
    }

    @AfterEach
    void the_books_are_in_order() {
        assertThat(paymaster.wrong()).isEmpty();
    }

    @Test
    void what_the_provider_carries_out_is_paid_in_the_books_and_so_are_its_commissions() {
        rail.replies = sent -> Paymaster.done("tr_" + member, 1_980, paymaster.now());

        paymaster.goOn();

        assertThat(paymaster.state(member)).isEqualTo("paid");
        assertThat(paymaster.balance(member)).isEqualTo("0 0 0");
        assertThat(paymaster.commissions(member)).containsExactly("paid 2");
        assertThat(rail.sent).hasSize(1);
        assertThat(rail.sent.get(0).destination()).isEqualTo("acct_" + member);
        assertThat(paymaster.query(
                        "SELECT debit, credit, amount_minor FROM ledger_entry WHERE source_id = $1 AND kind = 'paid'",
                        paymaster.payout(member).id()))
                .extracting(row -> row.getString("credit") + " " + row.getLong("amount_minor"))
                .containsExactlyInAnyOrder("clearing 1980", "fees 20");
    }

    @Test
    void what_is_frozen_is_not_kept_in_clear_and_no_statement_changes_it() {
        paymaster.claim();
        UUID id = paymaster.payout(member).id();

        assertThat(new String(paymaster.payout(member).frozen().orElseThrow().destination()))
                .doesNotContain("acct_");
        for (String change : List.of(
                "gross_minor = 1999", "key = 'other'", "destination = '\\x00'", "body = '\\x00'", "rail = 'stripe'"))
            assertThatThrownBy(() -> paymaster.query("UPDATE payout SET " + change + " WHERE id = $1", id))
                    .as(change)
                    .hasMessageContaining("payout " + id);
        assertThatThrownBy(() ->
                        paymaster.query("UPDATE payout SET state = 'approved', next_at = now() WHERE id = $1", id))
                .hasMessageContaining("cannot become approved");
    }

    @Test
    void what_is_refused_is_available_again_with_its_commissions() {
        rail.replies = sent -> new Reply.Answered(400, new Reply.Body.Failure("account_closed"));

        paymaster.goOn();

        assertThat(paymaster.state(member)).isEqualTo("failed");
        assertThat(paymaster.balance(member)).isEqualTo("0 2000 0");
        assertThat(paymaster.commissions(member)).containsExactly("approved 2");
        assertThat(paymaster.query(
                        "SELECT 1 FROM payout_commission WHERE payout_id = $1 AND live",
                        paymaster.payout(member).id()))
                .isEmpty();
    }

    @Test
    void an_answer_that_was_lost_is_looked_up_and_nothing_is_sent_again() {
        List<Errand> claimed = paymaster.claim();
        claimed.forEach(paymaster::answered);
        paymaster.passes(Duration.ofSeconds(61));
        rail.findings = sent -> Paymaster.found("tr_" + member, 1_980, paymaster.now());

        assertThat(paymaster.claim()).isEmpty();
        assertThat(paymaster.state(member)).isEqualTo("unknown");
        paymaster.goOn();

        assertThat(paymaster.state(member)).isEqualTo("paid");
        assertThat(rail.sent).hasSize(1);
    }

    @Test
    void what_the_provider_never_had_is_sent_again_with_the_same_key_and_body() {
        paymaster.goOn();
        rail.replies = sent -> Paymaster.done("tr_" + member, 1_980, paymaster.now());
        for (int minutes = 0; minutes < 30 && !paymaster.state(member).equals("paid"); minutes++) {
            paymaster.passes(Duration.ofMinutes(1));
            paymaster.goOn();
        }

        assertThat(paymaster.state(member)).isEqualTo("paid");
        assertThat(rail.sent).hasSize(2);
        assertThat(rail.sent.get(1)).isEqualTo(rail.sent.get(0));
    }

    @Test
    void without_keys_and_look_ups_doubt_goes_to_a_person_who_decides_once_nothing_can_be_under_way() {
        rail.traits = MemoryRail.DUMB;
        paymaster.goOn();

        assertThat(paymaster.state(member)).isEqualTo("unknown");
        assertThat(paymaster.tasks(member)).containsExactly("doubt");
        assertThatThrownBy(() -> paymaster.change(
                        member, (payout, now) -> payout.payout().fail("not there", rail.traits, now)))
                .isInstanceOf(Problem.class);
        paymaster.passes(Duration.ofMinutes(11));
        paymaster.change(member, (payout, now) -> payout.payout().fail("not there", rail.traits, now));

        assertThat(paymaster.state(member)).isEqualTo("failed");
        assertThat(paymaster.tasks(member)).isEmpty();
        assertThat(paymaster.balance(member)).isEqualTo("0 2000 0");
    }

    @Test
    void a_provider_s_event_may_come_before_the_answer_and_any_number_of_times() {
        List<Errand> claimed = paymaster.claim();
        Transfer told = Transfer.done("tr_" + member, 1_980, "EUR", paymaster.now());
        UUID id = claimed.get(0).payoutId();

        assertThat(told("evt_1", Optional.of(id), told)).isEqualTo(Notices.Outcome.TAKEN);
        assertThat(told("evt_1", Optional.of(id), told)).isEqualTo(Notices.Outcome.REPEATED);
        assertThat(told("evt_2", Optional.empty(), told)).isEqualTo(Notices.Outcome.TAKEN);
        assertThat(told("evt_3", Optional.empty(), Transfer.done("tr_stranger", 5, "EUR", paymaster.now())))
                .isEqualTo(Notices.Outcome.NOT_OURS);
        paymaster.hear(new Heard.Replied(id, 1, Paymaster.done("tr_" + member, 1_980, paymaster.now())));

        assertThat(paymaster.state(member)).isEqualTo("paid");
        assertThat(paymaster.balance(member)).isEqualTo("0 0 0");
    }

    private Notices.Outcome told(String event, Optional<UUID> payout, Transfer transfer) {
        return paymaster.transact(
                tx -> notices.take(tx, MemoryRail.NAME, new Notice(event + member, payout, transfer)));
    }

    @Test
    void a_part_that_comes_back_is_available_and_the_whole_makes_the_payout_returned() {
        rail.replies = sent -> Paymaster.done("tr_" + member, 1_980, paymaster.now());
        paymaster.goOn();
        Transfer told = Transfer.done("tr_" + member, 1_980, "EUR", paymaster.now());

        told("evt_1", Optional.empty(), told.reversed(980, paymaster.now().plusSeconds(1)));
        assertThat(paymaster.state(member)).isEqualTo("paid");
        assertThat(paymaster.balance(member)).isEqualTo("0 980 0");
        assertThat(paymaster.commissions(member)).containsExactly("paid 2");
        told("evt_2", Optional.empty(), told.reversed(1_980, paymaster.now().plusSeconds(2)));

        assertThat(paymaster.state(member)).isEqualTo("returned");
        assertThat(paymaster.balance(member)).isEqualTo("0 1980 0");
        assertThat(paymaster.commissions(member)).containsExactly("approved 2");
    }

    @Test
    void what_leaves_for_a_payout_that_had_failed_is_a_debt_and_a_person_hears_of_it() {
        rail.replies = sent -> new Reply.Answered(400, new Reply.Body.Failure("account_closed"));
        paymaster.goOn();
        UUID id = paymaster.payout(member).id();
        paymaster.book(List.of(dev.tributary.ledger.Entry.adjust(
                new dev.tributary.ledger.Source("test_debit", id),
                paymaster.payout(member).purse(),
                -500,
                paymaster.now(),
                "spent")));

        told("evt_1", Optional.of(id), Transfer.done("tr_" + member, 1_980, "EUR", paymaster.now()));

        assertThat(paymaster.state(member)).isEqualTo("failed");
        assertThat(paymaster.balance(member)).isEqualTo("0 -480 0");
        assertThat(paymaster.tasks(member)).containsExactly("overpaid");
        assertThat(paymaster.query(
                        "SELECT 1 FROM outbox_event WHERE aggregate_id = $1 AND type = 'payout.overpaid'", id))
                .hasSize(1);
    }

    @Test
    void whoever_is_stopped_between_approval_and_claim_is_held_and_sent_once_a_person_lets_go() {
        paymaster.query("UPDATE affiliate SET status = 'suspended' WHERE id = $1", member);

        assertThat(paymaster.claim()).isEmpty();
        assertThat(paymaster.payout(member).payout().hold()).isEqualTo("suspended");
        assertThat(paymaster.tasks(member)).containsExactly("held");
        paymaster.query("UPDATE affiliate SET status = 'active' WHERE id = $1", member);
        paymaster.change(member, (payout, now) -> payout.payout().letGo());

        assertThat(paymaster.claim()).hasSize(1);
        assertThat(paymaster.tasks(member)).isEmpty();
    }

    @Test
    void a_destination_that_has_just_changed_waits_by_itself() {
        paymaster.query(
                "UPDATE payout_method SET changed_at = $2 WHERE affiliate_id = $1",
                member,
                paymaster.now().minusSeconds(60).atOffset(java.time.ZoneOffset.UTC));

        assertThat(paymaster.claim()).isEmpty();
        assertThat(paymaster.payout(member).payout().isHeld()).isFalse();
        paymaster.passes(Duration.ofHours(71));
        assertThat(paymaster.claim()).isEmpty();
        paymaster.passes(Duration.ofHours(1));
        assertThat(paymaster.claim()).hasSize(1);
    }

    @Test
    void what_cannot_be_written_down_is_held_and_stops_nobody_else() {
        paymaster.destination(member, "unspeakable");
        UUID program = paymaster.program(5_000);
        UUID other = paymaster.member(program, 3_000);
        paymaster.run(program);

        assertThat(paymaster.claim())
                .extracting(Errand::payoutId)
                .containsExactly(paymaster.payout(other).id());
        assertThat(paymaster.tasks(member)).containsExactly("held");
    }

    @Test
    void a_cancel_wins_before_the_claim_and_loses_after_it() {
        paymaster.change(member, (payout, now) -> payout.payout().cancel("not wanted"));

        assertThat(paymaster.claim()).isEmpty();
        assertThat(paymaster.balance(member)).isEqualTo("0 2000 0");
        UUID program = paymaster.program(5_000);
        UUID other = paymaster.member(program, 2_000);
        paymaster.run(program);
        assertThat(paymaster.claim()).hasSize(1);
        assertThatThrownBy(() ->
                        paymaster.change(other, (payout, now) -> payout.payout().cancel("too late")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void a_rail_that_lost_its_settings_keeps_everything_waiting() {
        rail.configured = false;

        assertThat(paymaster.claim()).isEmpty();
        rail.configured = true;
        assertThat(paymaster.claim()).isEmpty();
        paymaster.passes(Duration.ofMinutes(15));
        assertThat(paymaster.claim()).hasSize(1);
    }

    @Test
    void one_transfer_that_is_told_for_two_payouts_is_a_question_for_a_person() {
        UUID program = paymaster.program(5_000);
        UUID other = paymaster.member(program, 2_000);
        paymaster.run(program);
        List<Errand> claimed = paymaster.claim();
        assertThat(claimed).hasSize(2);
        paymaster.hear(new Heard.Replied(
                paymaster.payout(member).id(), 1, Paymaster.done("tr_" + member, 1_980, paymaster.now())));
        Transfer same = Transfer.done("tr_" + member, 1_980, "EUR", paymaster.now());

        assertThatThrownBy(() -> paymaster.hear(new Heard.Replied(
                        paymaster.payout(other).id(), 1, Paymaster.done("tr_" + member, 1_980, paymaster.now()))))
                .isInstanceOf(TransferTaken.class);
        told("evt_1", Optional.of(paymaster.payout(other).id()), same);

        assertThat(paymaster.state(other)).isEqualTo("submitted");
        assertThat(paymaster.tasks(other)).containsExactly("mismatch");
    }

    @Test
    void what_a_look_up_does_not_settle_is_asked_again_later() {
        paymaster.goOn();
        rail.findings = sent -> new Finding.Unclear("timeout");
        paymaster.passes(Duration.ofMinutes(1));
        paymaster.goOn();

        assertThat(paymaster.state(member)).isEqualTo("unknown");
        assertThat(paymaster.query("SELECT next_kind FROM payout WHERE enrollment_id = $1", member))
                .extracting(row -> row.getString("next_kind"))
                .containsExactly("look_up");
    }
}
