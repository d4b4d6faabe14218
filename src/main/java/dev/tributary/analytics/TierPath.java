package dev.tributary.analytics;

import dev.tributary.program.Tier;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an enrollment stands among the tiers of its program.
 *
 * @param current the tier it has reached, if any
 * @param next the one above it, if any
 */
public record TierPath(Optional<Tier> current, Optional<Tier> next) {
    private static final int WHOLE = 10_000;

    /**
     * @param tiers from the lowest rank up
     * @param tierId the tier of the enrollment, or null: none yet
     */
    public static TierPath of(List<Tier> tiers, @Nullable UUID tierId) {
        Optional<Tier> current =
                tiers.stream().filter(tier -> tier.id().equals(tierId)).findFirst();
        int rank = current.map(Tier::rank).orElse(0);
        return new TierPath(
                current, tiers.stream().filter(tier -> tier.rank() > rank).findFirst());
    }

    /** How much of the way to the next tier is done, in basis points of what it asks for; all of it where there is none. */
    public int share(Reached reached) {
        if (next.isEmpty()) return WHOLE;
        Tier goal = next.get();
        return Math.min(
                share(reached.conversions(), goal.minConversions()),
                share(reached.revenueMinor(), goal.minRevenueMinor()));
    }

    private static int share(long reached, long needed) {
        if (needed <= 0 || reached >= needed) return WHOLE;
        if (reached <= 0) return 0;
        return BigInteger.valueOf(reached)
                .multiply(BigInteger.valueOf(WHOLE))
                .divide(BigInteger.valueOf(needed))
                .intValueExact();
    }
}
