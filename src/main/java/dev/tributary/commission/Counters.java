package dev.tributary.commission;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What rules gave and enrollments sold in periods, as one batch of conversions sees it: read under lock, counted up in the
 * order of the batch, and written back with it. So two batches never see the same room under a cap.
 */
final class Counters {
    /** One rule's period for one enrollment. */
    record Key(UUID enrollmentId, UUID ruleId, LocalDate from) {
        /** The order in which rows are locked. */
        static final Comparator<Key> ORDER = Comparator.comparing(Key::enrollmentId)
                .thenComparing(Key::ruleId)
                .thenComparing(Key::from);
    }

    /** Gross of refunds; all in minor units but the last. */
    record Count(long paidMinor, long revenueMinor, long conversions) {
        static final Count NONE = new Count(0, 0, 0);
    }

    private final Map<Key, Count> counts = new TreeMap<>(Key.ORDER);

    /** A key that no conversion of the batch named must not be asked for: its row is not locked. */
    Count of(Key key) {
        Count count = counts.get(key);
        if (count == null) throw new IllegalStateException("Not locked: " + key);
        return count;
    }

    boolean has(Key key) {
        return counts.containsKey(key);
    }

    void put(Key key, Count count) {
        counts.put(key, count);
    }

    /** Less than 0 where a decision is taken back. */
    void paid(Key key, long amount) {
        Count old = of(key);
        counts.put(key, new Count(Math.addExact(old.paidMinor, amount), old.revenueMinor, old.conversions));
    }

    void sold(Key key, long revenue, long conversions) {
        Count old = of(key);
        counts.put(
                key,
                new Count(
                        old.paidMinor,
                        Math.addExact(old.revenueMinor, revenue),
                        Math.addExact(old.conversions, conversions)));
    }

    /** What is counted so far, for {@link #reset}. */
    Map<Key, Count> copy() {
        return Map.copyOf(counts);
    }

    /** Counts as it did when the copy was made: what failed half-way has counted nothing. */
    void reset(Map<Key, Count> copy) {
        counts.putAll(copy);
    }

    Collection<Map.Entry<Key, Count>> all() {
        return counts.entrySet();
    }
}
