package dev.tributary.conversion;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant tells beside what decides; kept and shown, never judged.
 *
 * @param plan the merchant's name of what was subscribed to
 * @param metadata at most {@value #MOST_ENTRIES}, keys of at most 40 characters and values of at most 200
 */
public record Details(@Nullable String plan, @Nullable String subscriptionId, Map<String, String> metadata) {
    /** A note, not a store. */
    public static final int MOST_ENTRIES = 20;

    public static final Details NONE = new Details(null, null, Map.of());

    public Details {
        metadata = Map.copyOf(metadata);
        if (metadata.size() > MOST_ENTRIES) throw new IllegalArgumentException("Too much metadata");
    }

    boolean isEmpty() {
        return equals(NONE);
    }
}
