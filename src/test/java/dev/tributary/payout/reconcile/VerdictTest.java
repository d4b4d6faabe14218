package dev.tributary.payout.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.payout.rail.Transfer;
import dev.tributary.payout.reconcile.Difference.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final UUID PAYOUT = new UUID(1, 1);
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Transfer DONE = Transfer.done("tr_1", 1_000, "USD", NOW);
    private static final Transfer PENDING = Transfer.pending("tr_1", 1_000, "USD", NOW);

    private static Known known(String state, Transfer told) {
        return new Known(PAYOUT, state, 1_000, "USD", 0, Optional.ofNullable(told));
    }

    private static Verdict of(Transfer listed, Known known) {
        return Verdict.of(listed, Optional.of(known));
    }

    @Test
    void what_is_paid_on_both_sides_agrees() {
        assertThat(of(DONE, known("paid", DONE))).isEqualTo(new Verdict(false, Optional.empty()));
        assertThat(of(DONE.reversed(1_000, NOW), known("returned", DONE.reversed(1_000, NOW))))
                .isEqualTo(new Verdict(false, Optional.empty()));
    }

    @Test
    void what_is_known_here_and_was_never_told_is_news() {
        assertThat(of(DONE, known("unknown", null))).isEqualTo(new Verdict(true, Optional.empty()));
        assertThat(of(PENDING, known("submitted", null)).isNews()).isTrue();
    }

    @Test
    void a_transfer_that_went_on_since_it_was_told_of_is_news_and_an_older_telling_is_not() {
        assertThat(of(DONE, known("submitted", PENDING)).isNews()).isTrue();
        assertThat(of(DONE.reversed(300, NOW), known("paid", DONE)).isNews()).isTrue();
        assertThat(of(PENDING, known("paid", DONE)).isNews()).isFalse();
        assertThat(of(DONE, known("paid", DONE.reversed(300, NOW))).isNews()).isFalse();
    }

    @Test
    void of_what_nobody_here_knows_somebody_must_say_what_it_is() {
        Difference found = Verdict.of(DONE, Optional.empty()).difference().orElseThrow();
        assertThat(found.kind()).isEqualTo(Kind.MISSING_HERE);
        assertThat(found.payoutId()).isNull();
        assertThat(found.transferId()).isEqualTo("tr_1");
    }

    @Test
    void another_amount_and_another_currency_are_told_and_differ() {
        for (Transfer listed :
                new Transfer[] {Transfer.done("tr_1", 1_200, "USD", NOW), Transfer.done("tr_1", 1_000, "EUR", NOW)}) {
            Verdict verdict = of(listed, known("unknown", null));
            assertThat(verdict.isNews()).isTrue();
            assertThat(verdict.difference())
                    .hasValueSatisfying(found -> assertThat(found.kind()).isEqualTo(Kind.AMOUNT));
        }
        assertThat(of(Transfer.done("tr_1", 1_200, "USD", NOW), known("paid", DONE)))
                .satisfies(verdict -> assertThat(verdict.isNews()).isFalse())
                .satisfies(verdict -> assertThat(verdict.difference()).isPresent());
    }

    @Test
    void money_that_moved_for_a_payout_that_was_not_sent_or_had_ended_differs_once_it_was_told() {
        assertThat(of(DONE, known("approved", null))).isEqualTo(new Verdict(true, Optional.empty()));
        assertThat(of(DONE, known("approved", DONE)).difference()).isPresent();
        assertThat(of(PENDING, known("requested", PENDING)).difference()).isPresent();
        Known overpaid = new Known(PAYOUT, "canceled", 1_000, "USD", 1_000, Optional.of(DONE));
        assertThat(of(DONE, overpaid).difference())
                .hasValueSatisfying(found -> assertThat(found.kind()).isEqualTo(Kind.STATE));
    }

    @Test
    void what_was_overpaid_and_came_back_agrees() {
        Transfer back = DONE.reversed(1_000, NOW);
        Known overpaid = new Known(PAYOUT, "canceled", 1_000, "USD", 1_000, Optional.of(back));
        assertThat(of(back, overpaid).difference()).isEmpty();
    }

    @Test
    void news_that_was_told_and_not_taken_differs() {
        assertThat(Verdict.afterTelling(DONE, Optional.of(known("unknown", null))))
                .hasValueSatisfying(found -> assertThat(found.kind()).isEqualTo(Kind.STATE));
        assertThat(Verdict.afterTelling(DONE, Optional.of(known("paid", DONE)))).isEmpty();
    }
}
