package dev.tributary.commission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Posting;
import dev.tributary.ledger.Side;
import dev.tributary.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a commission changes, and what each change books. */
class MoveTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static Commission commission(Status status, long amount, long reversed) {
        boolean released = status == Status.APPROVED || status == Status.PAID;
        return commission(status, amount, reversed, released, status == Status.PAID ? NOW : null);
    }

    private static Commission commission(
            Status status, long amount, long reversed, boolean released, @Nullable Instant paidAt) {
        return new Commission(
                new UUID(0x7000, 8),
                new UUID(0x7000, 1),
                Case.member(1),
                new Commission.Source(Commission.Source.CONVERSION, new UUID(0x7000, 9)),
                "base_rate",
                0,
                1,
                new UUID(0x7000, 9),
                amount,
                reversed,
                "EUR",
                status,
                released,
                paidAt,
                NOW,
                NOW,
                4);
    }

    /** Status, what stands, what was taken back, and each entry with its number, accounts and amount. */
    private static String told(Move move) {
        Commission after = move.after();
        return "%s %d %d %s"
                        .formatted(
                                after.status().word(),
                                after.amountMinor(),
                                after.reversedMinor(),
                                after.released() ? "released" : "kept")
                + move.entries().stream().map(MoveTest::told).collect(Collectors.joining());
    }

    private static String told(Entry entry) {
        String postings = entry.postings().stream()
                .map(p -> (p.side() == Side.DEBIT ? "-" : "+")
                        + p.account().kind().text() + " " + p.amountMinor())
                .collect(Collectors.joining(" "));
        assertThat(entry.sourceKind()).isEqualTo("commission");
        assertThat(entry.occurredAt()).isEqualTo(NOW);
        assertThat(entry.postings()).extracting(Posting::amountMinor).allMatch(amount -> amount > 0);
        return ", %d %s %s".formatted(entry.number(), entry.kind().text(), postings);
    }

    @Test
    void a_new_commission_is_pending_and_what_was_refunded_before_is_taken_back_at_once() {
        assertThat(told(Move.earn(draft(500, 0), NOW)))
                .isEqualTo("pending 500 0 kept, 4 earn -expense 500 +pending 500");
        assertThat(told(Move.earn(draft(400, 100), NOW)))
                .isEqualTo(
                        "pending 400 100 kept, 4 earn -expense 500 +pending 500, 5 reverse -pending 100 +expense 100");
        assertThat(told(Move.earn(draft(0, 500), NOW)))
                .isEqualTo(
                        "reversed 0 500 kept, 4 earn -expense 500 +pending 500, 5 reverse -pending 500 +expense 500");
        assertThat(told(Move.earn(draft(0, 0), NOW))).isEqualTo("pending 0 0 kept");
        assertThat(Move.earn(draft(0, 0), NOW).made()).isTrue();
        assertThat(Move.earn(draft(400, 100), NOW).made()).isTrue();
        assertThat(Move.earn(draft(400, 100), NOW).after().entries()).isEqualTo(6);
        assertThat(Move.earn(draft(400, 0), NOW).entries().get(0).memo()).isEqualTo("base_rate");
    }

    private static Commission draft(long amount, long reversed) {
        return commission(Status.PENDING, amount, reversed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PENDING  | 500 | 0   | 500 | pending 500 0 kept",
                "PENDING  | 500 | 0   | 200 | pending 200 300 kept, 4 reverse -pending 300 +expense 300",
                "PENDING  | 500 | 0   | 0   | reversed 0 500 kept, 4 reverse -pending 500 +expense 500",
                "PENDING  | 200 | 300 | 500 | pending 500 0 kept, 4 earn -expense 300 +pending 300",
                "HELD     | 500 | 0   | 0   | held 0 500 kept, 4 reverse -pending 500 +expense 500",
                "HELD     | 0   | 500 | 500 | held 500 0 kept, 4 earn -expense 500 +pending 500",
                "APPROVED | 500 | 0   | 200 | approved 200 300 released, 4 reverse -available 300 +expense 300",
                "APPROVED | 500 | 0   | 0   | reversed 0 500 released, 4 reverse -available 500 +expense 500",
                "PAID     | 500 | 0   | 200 | paid 200 300 released, 4 reverse -available 300 +expense 300",
                "PAID     | 200 | 300 | 500 | paid 500 0 released, 4 earn -expense 300 +pending 300, 5 release -pending 300 +available 300",
                "REVERSED | 0   | 500 | 200 | pending 200 300 kept, 4 earn -expense 200 +pending 200",
                "REJECTED | 0   | 500 | 200 | rejected 0 500 kept",
                "REJECTED | 0   | 500 | 0   | rejected 0 500 kept",
            })
    void it_stands_as_far_as_refunds_leave_it(Status status, long amount, long reversed, long target, String after) {
        Commission old = commission(status, amount, reversed);
        Move move = Move.amount(old, target, NOW);
        assertThat(told(move)).isEqualTo(after);
        assertThat(move.made()).isFalse();
        assertThat(move.changes(old)).isEqualTo(!move.entries().isEmpty());
        assertThat(move.after().entries()).isEqualTo(4 + move.entries().size());
    }

    @Test
    void what_is_given_again_is_what_it_was_before() {
        assertThat(told(Move.amount(commission(Status.REVERSED, 0, 500, true, null), 500, NOW)))
                .startsWith("approved 500 0 released");
        assertThat(told(Move.amount(commission(Status.REVERSED, 0, 500, true, NOW), 500, NOW)))
                .startsWith("paid 500 0 released");
    }

    @Test
    void it_never_stands_below_nothing_or_above_what_was_computed() {
        Commission old = commission(Status.PENDING, 400, 100);
        assertThatThrownBy(() -> Move.amount(old, -1, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Move.amount(old, 501, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> commission(Status.PENDING, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> commission(Status.PENDING, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(old.grossMinor()).isEqualTo(500);
    }

    @Test
    void staff_approve_hold_and_reject_and_the_money_goes_where_the_status_says() {
        assertThat(told(Move.approve(commission(Status.PENDING, 500, 0), NOW)))
                .isEqualTo("approved 500 0 released, 4 release -pending 500 +available 500");
        assertThat(told(Move.approve(commission(Status.HELD, 500, 0), NOW)))
                .isEqualTo("approved 500 0 released, 4 release -pending 500 +available 500");
        assertThat(told(Move.approve(commission(Status.PENDING, 0, 0), NOW))).isEqualTo("approved 0 0 released");
        assertThat(told(Move.approve(commission(Status.HELD, 0, 500), NOW))).isEqualTo("reversed 0 500 released");
        assertThat(told(Move.hold(commission(Status.PENDING, 500, 0), NOW, "why")))
                .isEqualTo("held 500 0 kept");
        assertThat(told(Move.hold(commission(Status.APPROVED, 500, 0), NOW, "why")))
                .isEqualTo("held 500 0 kept, 4 reverse -available 500 +expense 500, 5 earn -expense 500 +pending 500");
        assertThat(told(Move.hold(commission(Status.APPROVED, 0, 0), NOW, "why")))
                .isEqualTo("held 0 0 kept");
        assertThat(told(Move.reject(commission(Status.PENDING, 500, 0), NOW, "why")))
                .isEqualTo("rejected 0 500 kept, 4 reverse -pending 500 +expense 500");
        assertThat(told(Move.reject(commission(Status.APPROVED, 500, 0), NOW, "why")))
                .isEqualTo("rejected 0 500 released, 4 reverse -available 500 +expense 500");
        assertThat(told(Move.reject(commission(Status.HELD, 0, 0), NOW, "why"))).isEqualTo("rejected 0 0 kept");
        assertThat(Move.reject(commission(Status.PENDING, 5, 0), NOW, "why")
                        .entries()
                        .get(0)
                        .memo())
                .isEqualTo("why");
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void a_verb_is_for_some_statuses_and_a_409_for_the_others(Status status) {
        Commission old = commission(status, status == Status.REJECTED || status == Status.REVERSED ? 0 : 500, 0);
        List<String> may = java.util.Arrays.stream(Verb.values())
                .filter(verb -> {
                    try {
                        verb.on(old, NOW, "x".repeat(201));
                        return true;
                    } catch (Problem refused) {
                        assertThat(refused.kind().status()).isEqualTo(409);
                        assertThat(refused)
                                .hasMessageContaining("that is " + status.word())
                                .hasMessageMatching(".* cannot be (approved|held|rejected)");
                        return false;
                    }
                })
                .map(Verb::word)
                .toList();
        assertThat(may)
                .isEqualTo(
                        switch (status) {
                            case PENDING -> List.of("approve", "hold", "reject");
                            case HELD -> List.of("approve", "reject");
                            case APPROVED -> List.of("hold", "reject");
                            case PAID, REJECTED, REVERSED -> List.of();
                        });
        if (!status.mayApprove())
            assertThatThrownBy(() -> Move.approve(old, NOW)).isInstanceOf(IllegalStateException.class);
        if (!status.mayHold())
            assertThatThrownBy(() -> Move.hold(old, NOW, "")).isInstanceOf(IllegalStateException.class);
        if (!status.mayReject())
            assertThatThrownBy(() -> Move.reject(old, NOW, "")).isInstanceOf(IllegalStateException.class);
        assertThat(Status.of(status.word())).isEqualTo(status);
    }

    @Test
    void an_adjustment_is_booked_at_once_and_no_verb_is_for_it() {
        Adjustment taken = new Adjustment(
                        new UUID(0x7000, 5),
                        new UUID(0x7000, 1),
                        Case.member(1),
                        -700,
                        "EUR",
                        "paid twice",
                        Adjustment.State.PROPOSED,
                        "flo",
                        null,
                        null,
                        NOW)
                .decided(Adjustment.State.APPROVED, "ann", NOW);
        Commission booked = taken.commission(new UUID(0x7000, 6), NOW);
        assertThat(booked.amountMinor()).isEqualTo(-700);
        assertThat(booked.status()).isEqualTo(Status.APPROVED);
        assertThat(booked.released()).isTrue();
        assertThat(taken.status().word()).isEqualTo("approved");
        assertThat(taken.decidedBy()).isEqualTo("ann");
        assertThat(Adjustment.State.of("rejected")).isEqualTo(Adjustment.State.REJECTED);
        for (Verb verb : Verb.values())
            assertThatThrownBy(() -> verb.on(booked, NOW, "")).hasMessageContaining("another adjustment");
        assertThat(Verb.of("hold")).isEqualTo(Verb.HOLD);
    }

    @Test
    void a_reason_is_cut_to_what_an_entry_keeps() {
        Move rejected = Verb.REJECT.on(commission(Status.PENDING, 5, 0), NOW, "x".repeat(201));
        assertThat(rejected.entries().get(0).memo()).isEqualTo("x".repeat(200));
        Move held = Verb.HOLD.on(commission(Status.APPROVED, 5, 0), NOW, "looked at");
        assertThat(held.entries()).extracting(Entry::memo).containsExactly("looked at", "looked at");
    }
}
