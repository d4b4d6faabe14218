package dev.tributary.payout.rail;

import java.util.List;

/** What a provider answers to the question what became of a payout. */
public sealed interface Finding {
    /** @param transfers at least one; more than one is a payout made twice */
    record Found(List<Transfer> transfers) implements Finding {
        public Found {
            transfers = List.copyOf(transfers);
            if (transfers.isEmpty()) throw new IllegalArgumentException("Nothing found is another answer");
        }
    }

    /** The provider was asked, answered in full, and has none. */
    record Absent() implements Finding {}

    /** It could not be asked, or not all of its answer was read. */
    record Unclear(String why) implements Finding {}
}
