package dev.tributary.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program offers to all of its affiliates now.
 *
 * @param agreement the version that counts, without its text; null where there is none
 * @param tiers from the lowest rank up
 */
public record Offer(@Nullable Agreement agreement, List<Tier> tiers) {
    public Offer {
        tiers = List.copyOf(tiers);
    }
}
