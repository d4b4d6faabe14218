package dev.tributary.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of an entry: an amount from a debited account to a credited one. Any balanced postings fall into such rows, one
 * fewer than there are postings at most; two postings are one row.
 */
record Move(Entry entry, int line, Account debit, Account credit, long amountMinor) {
    /** Pairs debits with credits in the order given, so that the same entry always falls into the same rows. */
    static List<Move> of(Entry entry) {
        Deque<Posting> debits = side(entry, Side.DEBIT);
        Deque<Posting> credits = side(entry, Side.CREDIT);
        List<Move> moves = new ArrayList<>();
        while (!debits.isEmpty()) {
            Posting debit = debits.pop();
            Posting credit = credits.pop();
            long amount = Math.min(debit.amountMinor(), credit.amountMinor());
            moves.add(new Move(entry, moves.size(), debit.account(), credit.account(), amount));
            rest(debits, debit, amount);
            rest(credits, credit, amount);
        }
        return moves;
    }

    private static Deque<Posting> side(Entry entry, Side side) {
        Deque<Posting> postings = new ArrayDeque<>();
        for (Posting each : entry.postings()) if (each.side() == side) postings.add(each);
        return postings;
    }

    private static void rest(Deque<Posting> postings, Posting taken, long amount) {
        if (taken.amountMinor() > amount)
            postings.push(new Posting(taken.account(), taken.side(), taken.amountMinor() - amount));
    }

    /** The rail whose clearing account it moves. */
    @Nullable
    UUID rail() {
        if (debit.kind() == Account.Kind.CLEARING) return debit.owner();
        return credit.kind() == Account.Kind.CLEARING ? credit.owner() : null;
    }
}
