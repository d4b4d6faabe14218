package dev.tributary.payout.rail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a provider's list to its end. */
public final class WholeList {
    /** A list that does not end is a mistake. */
    private static final int MOST_PAGES = 1_000;

    private WholeList() {}

    public static List<Listing.Listed> whole(Listing listing, Instant from, Instant to) {
        List<Listing.Listed> all = new ArrayList<>();
        Optional<String> at = Optional.empty();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Listing.Page page = listing.list(from, to, at).await().atMost(Duration.ofSeconds(30));
            all.addAll(page.transfers());
            at = page.next();
            if (at.isEmpty()) return all;
        }
        throw new IllegalStateException("The list does not end");
    }
}
