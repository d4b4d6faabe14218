package dev.tributary.payout;

import dev.tributary.ledger.Account;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.EntryKind;
import dev.tributary.ledger.Posting;
import dev.tributary.ledger.Purse;
import dev.tributary.ledger.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What one payout's effects are in the books. Each has a source of its own, so booking a step again books nothing.
 *
 * @param rail the owner of the clearing account
 */
public record PayoutEntries(UUID payoutId, Purse purse, UUID rail) {
    private static final String SOURCE = "payout";

    /** P2: everything that is to leave, fees and withheld tax included. */
    public Entry reserve(long gross, Instant at) {
        return Entry.reserve(source(0), purse, gross, at, "");
    }

    /** The entries of a step, in their order; pages book nothing. */
    public List<Entry> of(List<Effect> effects, Instant at) {
        List<Entry> entries = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Settle settle) entries.add(settled(settle.amounts(), at));
            if (effect instanceof Effect.Release release)
                entries.add(Entry.failed(source(0), purse, release.gross(), at, ""));
            if (effect instanceof Effect.Return back) entries.add(returned(back, at));
            if (effect instanceof Effect.Overpay over) entries.addAll(overpaid(over, at));
        }
        return entries;
    }

    private Entry settled(Amounts amounts, Instant at) {
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.debit(purse.inTransit(), amounts.gross()));
        postings.add(Posting.credit(purse.clearing(rail), amounts.net()));
        if (amounts.fee() > 0) postings.add(Posting.credit(program(Account.Kind.FEES), amounts.fee()));
        if (amounts.withheld() > 0) postings.add(Posting.credit(program(Account.Kind.WITHHELD), amounts.withheld()));
        return entry(EntryKind.PAID, 0, at, postings);
    }

    private Entry returned(Effect.Return back, Instant at) {
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.debit(purse.clearing(rail), back.net()));
        if (back.withheld() > 0) postings.add(Posting.debit(program(Account.Kind.WITHHELD), back.withheld()));
        postings.add(Posting.credit(purse.available(), Math.addExact(back.net(), back.withheld())));
        return entry(EntryKind.RETURNED, back.number(), at, postings);
    }

    /** Reserved and paid in one call, which may leave a debt: what has left cannot be refused for want of money. */
    private List<Entry> overpaid(Effect.Overpay over, Instant at) {
        Source source = source(over.number() + 1);
        return List.of(
                Entry.reserve(source, purse, over.net(), at, "left beyond what was owed"),
                Entry.paid(source, purse, rail, over.net(), at, "left beyond what was owed"));
    }

    private Entry entry(EntryKind kind, int number, Instant at, List<Posting> postings) {
        return new Entry(kind, SOURCE, payoutId, number, purse.programId(), purse.enrollmentId(), at, "", postings);
    }

    private Account program(Account.Kind kind) {
        return new Account(kind, purse.programId(), purse.currency());
    }

    private Source source(int number) {
        return new Source(SOURCE, payoutId, number);
    }
}
