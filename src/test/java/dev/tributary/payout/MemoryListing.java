package dev.tributary.payout;

import dev.tributary.payout.rail.Listing;
import dev.tributary.payout.rail.Transfer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The list of the rail in memory, two to a page. */
@Singleton
public class MemoryListing implements Listing {
    private static final int TO_A_PAGE = 2;

    final List<Listed> listed = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    /** The page that is not answered, or -1. */
    int awayFrom = -1;

    void empty() {
        listed.clear();
        asked.clear();
        awayFrom = -1;
    }

    void add(Transfer transfer, UUID payout) {
        listed.removeIf(each -> each.transfer().id().equals(transfer.id()));
        listed.add(new Listed(transfer, Optional.ofNullable(payout)));
    }

    @Override
    public String rail() {
        return MemoryRail.NAME;
    }

    @Override
    public Uni<Page> list(Instant from, Instant to, Optional<String> at) {
        int begin = at.map(Integer::parseInt).orElse(0);
        asked.add(Integer.toString(begin));
        if (awayFrom >= 0 && begin >= awayFrom)
            return Uni.createFrom().failure(new IllegalStateException("nobody answers"));
        int end = Math.min(listed.size(), begin + TO_A_PAGE);
        Optional<String> next = end < listed.size() ? Optional.of(Integer.toString(end)) : Optional.empty();
        return Uni.createFrom().item(new Page(List.copyOf(listed.subList(begin, end)), next));
    }
}
