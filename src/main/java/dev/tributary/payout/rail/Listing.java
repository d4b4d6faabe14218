package dev.tributary.payout.rail;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a provider carried out in a span of time, by its own list; found by CDI. A rail without one cannot be listed. */
public interface Listing {
    /** The most that one page holds. */
    int PAGE = 100;

    /** @param payoutId where the provider's list names it; otherwise the transfer's id says whose it is */
    record Listed(Transfer transfer, Optional<UUID> payoutId) {}

    /** @param next where the next page begins, as only the rail understands it; empty after the last */
    record Page(List<Listed> transfers, Optional<String> next) {
        public Page {
            transfers = List.copyOf(transfers);
        }
    }

    /** The name of the rail. */
    String rail();

    /**
     * One page of what was created in {@code [from, to)}. Fails with an {@link IllegalStateException} where the provider cannot
     * be asked or its answer cannot be read: half a list is none.
     *
     * @param at what the page before said, empty for the first
     */
    Uni<Page> list(Instant from, Instant to, Optional<String> at);
}
