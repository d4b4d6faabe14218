package dev.tributary.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The books as they should be, in memory and without any cleverness: what the ledger on PostgreSQL is compared with. A
 * refused batch leaves it as it was.
 */
public final class Book {
    /** What makes an entry the same as one before it. */
    private record Key(String sourceKind, UUID sourceId, EntryKind kind, int number) {
        static Key of(Entry entry) {
            return new Key(entry.sourceKind(), entry.sourceId(), entry.kind(), entry.number());
        }
    }

    private final Map<Key, Entry> entries = new HashMap<>();
    private final List<Entry> inOrder = new ArrayList<>();
    private final Map<Account, Long> balances = new HashMap<>();

    /** Books what is not booked yet, all or nothing; answers how many were new. */
    public int post(List<Entry> batch) {
        Map<Key, Entry> fresh = new HashMap<>();
        List<Entry> order = new ArrayList<>();
        Map<Account, Long> after = new HashMap<>(balances);
        for (Entry entry : batch) {
            Key key = Key.of(entry);
            if (entries.containsKey(key) || fresh.putIfAbsent(key, entry) != null) continue;
            order.add(entry);
            for (Posting each : entry.postings()) after.merge(each.account(), signed(each), Math::addExact);
        }
        for (Entry entry : order) refuseOverdrawn(entry, after);
        balances.putAll(after);
        entries.putAll(fresh);
        inOrder.addAll(order);
        return order.size();
    }

    private void refuseOverdrawn(Entry entry, Map<Account, Long> after) {
        if (entry.enrollmentId() == null) return;
        Purse purse = new Purse(entry.programId(), entry.enrollmentId(), entry.currency());
        long inTransit = after.getOrDefault(purse.inTransit(), 0L);
        boolean reserves = inTransit > balance(purse.inTransit());
        if (after.getOrDefault(purse.pending(), 0L) < 0
                || inTransit < 0
                || reserves && after.getOrDefault(purse.available(), 0L) < 0)
            throw new Overdrawn("More is taken than there is");
    }

    /** What an account holds: its credits less its debits. */
    public long balance(Account account) {
        return balances.getOrDefault(account, 0L);
    }

    public List<Entry> entries() {
        return List.copyOf(inOrder);
    }

    /** What all accounts together hold, which is nothing in each currency. */
    public Map<String, Long> net() {
        Map<String, Long> net = new TreeMap<>();
        balances.forEach((account, amount) -> net.merge(account.currency(), amount, Math::addExact));
        return net;
    }

    /** The balances added up from the first so many entries, row by row as the database keeps them. */
    public Map<Account, Long> recomputed(int first) {
        Map<Account, Long> sums = new HashMap<>();
        for (Entry entry : inOrder.subList(0, first))
            for (Move move : Move.of(entry)) {
                sums.merge(move.debit(), -move.amountMinor(), Math::addExact);
                sums.merge(move.credit(), move.amountMinor(), Math::addExact);
            }
        return sums;
    }

    public Map<Account, Long> balances() {
        return Map.copyOf(balances);
    }

    private static long signed(Posting posting) {
        return posting.side() == Side.CREDIT ? posting.amountMinor() : -posting.amountMinor();
    }
}
