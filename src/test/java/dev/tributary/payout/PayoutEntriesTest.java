package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.ledger.Account;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.EntryKind;
import dev.tributary.ledger.Posting;
import dev.tributary.ledger.Purse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PayoutEntriesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID RAIL = new UUID(9, 9);
    private static final Purse PURSE = new Purse(new UUID(5, 5), new UUID(6, 6), "USD");
    private static final Account FEES = new Account(Account.Kind.FEES, PURSE.programId(), "USD");
    private static final Account WITHHELD = new Account(Account.Kind.WITHHELD, PURSE.programId(), "USD");

    private final PayoutEntries entries = new PayoutEntries(new UUID(7, 1), PURSE, RAIL);

    @Test
    void what_was_reserved_is_settled_into_what_left_the_fee_and_the_tax() {
        Entry settled = only(new Effect.Settle(new Amounts(1_000, 20, 240, "USD")));

        assertThat(settled.kind()).isEqualTo(EntryKind.PAID);
        assertThat(settled.postings())
                .containsExactly(
                        Posting.debit(PURSE.inTransit(), 1_000),
                        Posting.credit(PURSE.clearing(RAIL), 740),
                        Posting.credit(FEES, 20),
                        Posting.credit(WITHHELD, 240));
        assertThat(only(new Effect.Settle(new Amounts(1_000, 0, 0, "USD"))).postings())
                .containsExactly(Posting.debit(PURSE.inTransit(), 1_000), Posting.credit(PURSE.clearing(RAIL), 1_000));
    }

    @Test
    void what_comes_back_brings_its_part_of_the_tax() {
        Entry back = only(new Effect.Return(3, 370, 120));

        assertThat(back.kind()).isEqualTo(EntryKind.RETURNED);
        assertThat(back.number()).isEqualTo(3);
        assertThat(back.postings())
                .containsExactly(
                        Posting.debit(PURSE.clearing(RAIL), 370),
                        Posting.debit(WITHHELD, 120),
                        Posting.credit(PURSE.available(), 490));
    }

    @Test
    void what_left_too_much_is_reserved_and_paid_at_once_under_a_number_of_its_own() {
        List<Entry> over = entries.of(List.of(new Effect.Overpay(0, 740), new Effect.Page(Effect.Alarm.OVERPAID)), NOW);

        assertThat(over).extracting(Entry::kind).containsExactly(EntryKind.RESERVE, EntryKind.PAID);
        assertThat(over).extracting(Entry::number).containsExactly(1, 1);
    }

    @Test
    void what_did_not_leave_is_available_again() {
        assertThat(only(new Effect.Release(1_000)).postings())
                .containsExactly(Posting.debit(PURSE.inTransit(), 1_000), Posting.credit(PURSE.available(), 1_000));
        assertThat(entries.reserve(1_000, NOW).kind()).isEqualTo(EntryKind.RESERVE);
    }

    private Entry only(Effect effect) {
        List<Entry> booked = entries.of(List.of(effect), NOW);
        assertThat(booked).hasSize(1);
        return booked.get(0);
    }
}
