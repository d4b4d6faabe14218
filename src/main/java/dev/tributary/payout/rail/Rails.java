package dev.tributary.payout.rail;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The rails that are built in, by name, whether they are configured or not. */
@ApplicationScoped
public class Rails {
    private final Map<String, Rail> rails;
    private final Map<String, Recipients> recipients;
    private final Map<String, Listing> listings;

    Rails(@All List<Rail> rails, @All List<Recipients> recipients, @All List<Listing> listings) {
        this.rails = byName(rails, Rail::name);
        this.recipients = byName(recipients, Recipients::rail);
        this.listings = byName(listings, Listing::rail);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        Map<String, T> named = new HashMap<>();
        for (T each : all)
            if (named.put(name.apply(each), each) != null)
                throw new IllegalStateException("Two rails are named " + name.apply(each));
        return Map.copyOf(named);
    }

    /** In the order of their names. */
    public List<String> names() {
        return rails.keySet().stream().sorted().toList();
    }

    public Optional<Rail> find(String name) {
        return Optional.ofNullable(rails.get(name));
    }

    /** The rail of a payout that has been made, which cannot but be there. */
    public Rail get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("There is no rail " + name));
    }

    public Optional<Recipients> recipients(String name) {
        return Optional.ofNullable(recipients.get(name));
    }

    /** Empty for a rail whose provider lists nothing. */
    public Optional<Listing> listing(String name) {
        return Optional.ofNullable(listings.get(name));
    }
}
