package dev.tributary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whose each account is, and what each kind of entry moves from where to where. */
class PurseTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID PROGRAM = new UUID(1, 1);
    private static final UUID ENROLLMENT = new UUID(1, 2);
    private static final UUID RAIL = new UUID(1, 3);
    private static final Purse EUR = new Purse(PROGRAM, ENROLLMENT, "EUR");
    private static final Source SOURCE = new Source("payout", new UUID(1, 4), 2);

    private static String told(Entry entry) {
        assertThat(entry.sourceKind()).isEqualTo("payout");
        assertThat(entry.sourceId()).isEqualTo(SOURCE.id());
        assertThat(entry.number()).isEqualTo(2);
        assertThat(entry.programId()).isEqualTo(PROGRAM);
        assertThat(entry.enrollmentId()).isEqualTo(ENROLLMENT);
        assertThat(entry.occurredAt()).isEqualTo(NOON);
        assertThat(entry.memo()).isEqualTo("why");
        assertThat(entry.currency()).isEqualTo("EUR");
        Move move = Move.of(entry).get(0);
        return "%s %s %s %d"
                .formatted(
                        entry.kind().text(),
                        move.debit().kind().text(),
                        move.credit().kind().text(),
                        move.amountMinor());
    }

    @Test
    void each_kind_of_entry_moves_what_its_name_says() {
        assertThat(told(Entry.earn(SOURCE, EUR, 5, NOON, "why"))).isEqualTo("earn expense pending 5");
        assertThat(told(Entry.release(SOURCE, EUR, 5, NOON, "why"))).isEqualTo("release pending available 5");
        assertThat(told(Entry.reserve(SOURCE, EUR, 5, NOON, "why"))).isEqualTo("reserve available in_transit 5");
        assertThat(told(Entry.paid(SOURCE, EUR, RAIL, 5, NOON, "why"))).isEqualTo("paid in_transit clearing 5");
        assertThat(told(Entry.failed(SOURCE, EUR, 5, NOON, "why"))).isEqualTo("failed in_transit available 5");
        assertThat(told(Entry.returned(SOURCE, EUR, RAIL, 5, NOON, "why"))).isEqualTo("returned clearing available 5");
        assertThat(told(Entry.reverse(SOURCE, EUR, 5, 0, NOON, "why"))).isEqualTo("reverse pending expense 5");
        assertThat(told(Entry.adjust(SOURCE, EUR, 5, NOON, "why"))).isEqualTo("adjust expense available 5");
        assertThat(told(Entry.adjust(SOURCE, EUR, -5, NOON, "why"))).isEqualTo("adjust available expense 5");
    }

    @Test
    void a_row_names_the_rail_whose_money_it_moves() {
        assertThat(Move.of(Entry.paid(SOURCE, EUR, RAIL, 5, NOON, "")).get(0).rail())
                .isEqualTo(RAIL);
        assertThat(Move.of(Entry.returned(SOURCE, EUR, RAIL, 5, NOON, ""))
                        .get(0)
                        .rail())
                .isEqualTo(RAIL);
        assertThat(Move.of(Entry.release(SOURCE, EUR, 5, NOON, "")).get(0).rail())
                .isNull();
    }

    @Test
    void accounts_belong_to_the_enrollment_the_program_or_the_rail() {
        assertThat(List.of(EUR.pending(), EUR.available(), EUR.inTransit()))
                .allMatch(account ->
                        account.owner().equals(ENROLLMENT) && account.kind().owner() == Account.Owner.ENROLLMENT);
        assertThat(EUR.expense().owner()).isEqualTo(PROGRAM);
        assertThat(EUR.clearing(RAIL).owner()).isEqualTo(RAIL);
        assertThat(Arrays.stream(Account.Kind.values()).map(Account.Kind::text))
                .containsExactly("pending", "available", "in_transit", "expense", "fees", "withheld", "clearing");
        for (Account.Kind kind : Account.Kind.values())
            assertThat(Account.Kind.of(kind.text())).isEqualTo(kind);
        for (String currency : List.of("eur", "EU", "EURO", ""))
            assertThatThrownBy(() -> new Account(Account.Kind.FEES, PROGRAM, currency))
                    .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_entry_has_two_to_twenty_postings_and_a_memo_of_two_hundred_characters() {
        assertThat(entry(10, 10).postings()).hasSize(20);
        assertThatThrownBy(() -> entry(11, 10)).hasMessageContaining("2 to 20 postings");
        assertThat(Entry.earn(SOURCE, EUR, 5, NOON, "x".repeat(200)).memo()).hasSize(200);
        assertThat(new Source("a" + "1".repeat(39), RAIL).number()).isZero();
    }

    /** So many debits of the same sum as so many credits. */
    private static Entry entry(int debits, int credits) {
        List<Posting> postings = new java.util.ArrayList<>();
        for (int i = 0; i < debits; i++) postings.add(Posting.debit(EUR.expense(), credits));
        for (int i = 0; i < credits; i++) postings.add(Posting.credit(EUR.pending(), debits));
        return new Entry(EntryKind.EARN, "payout", SOURCE.id(), 2, PROGRAM, ENROLLMENT, NOON, "", postings);
    }

    @Test
    void balances_are_told_apart_by_currency_in_the_order_of_their_codes() {
        Balances balances = new Balances(List.of(new Balances.Line("USD", 1, 2, 3), new Balances.Line("EUR", 4, 5, 6)));
        assertThat(balances.lines()).extracting(Balances.Line::currency).containsExactly("EUR", "USD");
        assertThat(balances.in("USD")).contains(new Balances.Line("USD", 1, 2, 3));
        assertThat(balances.in("JPY")).isEmpty();
    }
}
