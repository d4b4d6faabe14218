package dev.tributary.conversion.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows about one evidence.
 *
 * @param model the program's
 * @param named the affiliate that staff named
 * @param codeOwner whose promo code it is
 * @param bound to whom the customer is bound
 * @param clicks the visitor's and the one that is named, oldest first
 */
record Findings(
        AttributionModel model,
        Window window,
        @Nullable Party named,
        @Nullable Party codeOwner,
        @Nullable Party bound,
        List<Seen> clicks) {
    Findings {
        clicks = List.copyOf(clicks);
    }

    Optional<Seen> click(UUID id) {
        return clicks.stream().filter(click -> click.clickId().equals(id)).findFirst();
    }

    /** The same with the clicks that were found: the named one stands among its visitor's once, and pushes the oldest out. */
    Findings with(JourneyQueries.@Nullable Named name, List<Seen> ofVisitor) {
        List<Seen> all = new ArrayList<>(ofVisitor);
        if (name != null
                && all.stream()
                        .noneMatch(seen -> seen.clickId().equals(name.click().clickId()))) {
            all.add(name.click());
            all.sort(Comparator.comparing(Seen::clickId));
            if (all.size() > Journey.MOST_CLICKS) all.remove(all.get(0).equals(name.click()) ? 1 : 0);
        }
        return new Findings(model, window, named, codeOwner, bound, all);
    }

    Findings boundTo(Party party) {
        return new Findings(model, window, named, codeOwner, party, clicks);
    }
}
