package dev.tributary.commission;

import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One change of a commission and what it books: the only way in which a commission changes.
 *
 * @param made whether the commission is new
 */
record Move(Commission after, boolean made, List<Entry> entries) {
    Move {
        entries = List.copyOf(entries);
    }

    /** A new commission, of which as much is booked as stands and as much taken back as does not. */
    static Move earn(Commission draft, Instant at) {
        long gross = draft.grossMinor();
        if (gross == 0) return new Move(draft, true, List.of());
        Commission whole = draft.with(Status.PENDING, gross, false, 1);
        Entry earned = Entry.earn(source(draft, 0), draft.purse(), gross, at, draft.rule());
        if (draft.reversedMinor() == 0) return new Move(whole, true, List.of(earned));
        Move cut = amount(whole, draft.amountMinor(), at);
        return new Move(cut.after, true, concat(List.of(earned), cut.entries));
    }

    /**
     * As much of it as should stand now: after a refund less, after a dispute that was won more. What was released is taken
     * from what is available, which becomes a debt where that is spent. What a person refused stays refused.
     */
    static Move amount(Commission old, long target, Instant at) {
        if (target < 0 || target > old.grossMinor())
            throw new IllegalArgumentException(target + " of " + old.grossMinor());
        if (target == old.amountMinor() || old.status() == Status.REJECTED) return new Move(old, false, List.of());
        return target < old.amountMinor() ? less(old, target, at) : more(old, target, at);
    }

    private static Move less(Commission old, long target, Instant at) {
        Status next = target == 0 && old.status() != Status.HELD ? Status.REVERSED : old.status();
        return new Move(
                old.with(next, target, old.released(), 1),
                false,
                List.of(takeBack(old, old.amountMinor() - target, at, old.rule())));
    }

    private static Move more(Commission old, long target, Instant at) {
        long again = target - old.amountMinor();
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.earn(source(old, 0), old.purse(), again, at, old.rule()));
        if (old.released()) entries.add(Entry.release(source(old, 1), old.purse(), again, at, old.rule()));
        return new Move(old.with(restored(old), target, old.released(), entries.size()), false, entries);
    }

    private static Status restored(Commission old) {
        if (old.status() != Status.REVERSED) return old.status();
        if (old.paidAt() != null) return Status.PAID;
        return old.released() ? Status.APPROVED : Status.PENDING;
    }

    /** Payable from now on. */
    static Move approve(Commission old, Instant at) {
        if (!old.status().mayApprove()) throw new IllegalStateException(old.status() + " cannot be approved");
        Status next = old.amountMinor() == 0 && old.reversedMinor() > 0 ? Status.REVERSED : Status.APPROVED;
        if (old.amountMinor() == 0) return new Move(old.with(next, 0, true, 0), false, List.of());
        Entry released = Entry.release(source(old, 0), old.purse(), old.amountMinor(), at, old.rule());
        return new Move(old.with(Status.APPROVED, old.amountMinor(), true, 1), false, List.of(released));
    }

    /** Not payable until a person says so: what was available goes back to pending. */
    static Move hold(Commission old, Instant at, String why) {
        if (!old.status().mayHold()) throw new IllegalStateException(old.status() + " cannot be held");
        long amount = old.amountMinor();
        if (!old.released() || amount == 0) return new Move(old.with(Status.HELD, amount, false, 0), false, List.of());
        List<Entry> entries =
                List.of(takeBack(old, amount, at, why), Entry.earn(source(old, 1), old.purse(), amount, at, why));
        return new Move(old.with(Status.HELD, amount, false, 2), false, entries);
    }

    /** Refused for good. */
    static Move reject(Commission old, Instant at, String why) {
        if (!old.status().mayReject()) throw new IllegalStateException(old.status() + " cannot be rejected");
        long amount = old.amountMinor();
        List<Entry> entries = amount == 0 ? List.of() : List.of(takeBack(old, amount, at, why));
        return new Move(old.with(Status.REJECTED, 0, old.released(), entries.size()), false, entries);
    }

    private static Entry takeBack(Commission old, long amount, Instant at, String why) {
        long pending = old.released() ? 0 : amount;
        return Entry.reverse(source(old, 0), old.purse(), pending, amount - pending, at, why);
    }

    private static Source source(Commission commission, int after) {
        return new Source("commission", commission.id(), commission.entries() + after);
    }

    private static List<Entry> concat(List<Entry> first, List<Entry> second) {
        List<Entry> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Whether anything is different from before. */
    boolean changes(Commission before) {
        return !after.equals(before);
    }
}
