package dev.tributary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID PROGRAM = UUID.randomUUID();
    private static final UUID ENROLLMENT = UUID.randomUUID();
    private static final Purse EUR = new Purse(PROGRAM, ENROLLMENT, "EUR");
    private static final Purse USD = new Purse(PROGRAM, ENROLLMENT, "USD");
    private static final Source SOURCE = new Source("commission", UUID.randomUUID());

    @Test
    void debits_that_differ_from_credits_are_refused() {
        refused(Posting.debit(EUR.expense(), 500), Posting.credit(EUR.pending(), 499));
        refused(Posting.debit(EUR.expense(), 500));
        refused(Posting.debit(EUR.expense(), 500), Posting.debit(EUR.pending(), 500));
        refused(
                Posting.debit(EUR.expense(), Long.MAX_VALUE),
                Posting.debit(EUR.expense(), Long.MAX_VALUE),
                Posting.credit(EUR.pending(), 1));
    }

    @Test
    void two_currencies_in_one_entry_are_refused() {
        refused(Posting.debit(EUR.expense(), 500), Posting.credit(USD.pending(), 500));
        refused(
                Posting.debit(EUR.expense(), 500),
                Posting.credit(EUR.pending(), 500),
                Posting.debit(USD.expense(), 500),
                Posting.credit(USD.pending(), 500));
    }

    @Test
    void an_amount_that_is_not_more_than_0_is_refused() {
        for (long amount : new long[] {0, -1, Long.MIN_VALUE})
            assertThatThrownBy(() -> Posting.debit(EUR.pending(), amount)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Entry.earn(SOURCE, EUR, 0, NOON, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Entry.adjust(SOURCE, EUR, Long.MIN_VALUE, NOON, ""))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Entry.reverse(SOURCE, EUR, Long.MAX_VALUE, 1, NOON, ""))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void another_enrollments_or_programs_account_is_refused() {
        Purse other = new Purse(UUID.randomUUID(), UUID.randomUUID(), "EUR");
        refused(Posting.debit(EUR.expense(), 5), Posting.credit(other.pending(), 5));
        refused(Posting.debit(other.expense(), 5), Posting.credit(EUR.pending(), 5));
    }

    @Test
    void a_source_that_nobody_could_find_again_is_refused() {
        for (String kind : List.of("", "Commission", "1st", "a b", "x".repeat(41)))
            assertThatThrownBy(() -> new Source(kind, UUID.randomUUID())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Source("payout", UUID.randomUUID(), -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Entry.earn(SOURCE, EUR, 5, NOON, "x".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_largest_amount_is_booked_as_any_other() {
        Entry entry = Entry.earn(SOURCE, EUR, Long.MAX_VALUE, NOON, "");
        assertThat(Move.of(entry)).extracting(Move::amountMinor).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void two_postings_are_one_row_and_a_reversal_from_both_is_two() {
        assertThat(rows(Entry.earn(SOURCE, EUR, 500, NOON, ""))).containsExactly("0 expense pending 500");
        assertThat(rows(Entry.reverse(SOURCE, EUR, 300, 200, NOON, "")))
                .containsExactly("0 pending expense 300", "1 available expense 200");
        assertThat(rows(Entry.reverse(SOURCE, EUR, 0, 200, NOON, ""))).containsExactly("0 available expense 200");
        assertThat(rows(Entry.adjust(SOURCE, EUR, 70, NOON, ""))).containsExactly("0 expense available 70");
        assertThat(rows(Entry.adjust(SOURCE, EUR, -70, NOON, ""))).containsExactly("0 available expense 70");
    }

    @Test
    void a_payout_with_a_fee_and_a_tax_falls_into_rows_of_the_same_sums() {
        Account fees = new Account(Account.Kind.FEES, PROGRAM, "EUR");
        Account withheld = new Account(Account.Kind.WITHHELD, PROGRAM, "EUR");
        Entry paid = entry(
                Posting.debit(EUR.inTransit(), 1000),
                Posting.credit(EUR.clearing(UUID.randomUUID()), 700),
                Posting.credit(fees, 25),
                Posting.credit(withheld, 275));
        assertThat(rows(paid))
                .containsExactly("0 in_transit clearing 700", "1 in_transit fees 25", "2 in_transit withheld 275");
    }

    private static List<String> rows(Entry entry) {
        return Move.of(entry).stream()
                .map(move -> "%d %s %s %d"
                        .formatted(
                                move.line(),
                                move.debit().kind().text(),
                                move.credit().kind().text(),
                                move.amountMinor()))
                .toList();
    }

    private static void refused(Posting... postings) {
        assertThatThrownBy(() -> entry(postings))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }

    private static Entry entry(Posting... postings) {
        return new Entry(
                EntryKind.PAID, "payout", UUID.randomUUID(), 0, PROGRAM, ENROLLMENT, NOON, "", List.of(postings));
    }
}
