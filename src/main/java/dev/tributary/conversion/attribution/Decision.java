package dev.tributary.conversion.attribution;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is credited with a conversion, and why: all that is needed to explain it later, whatever became of clicks, links and
 * settings since.
 *
 * @param number counts the decisions about this conversion
 * @param reason why nobody is credited; null where somebody is
 * @param clickMissing whether the event named a click that is not there (yet): worth asking again when it has landed
 * @param winners none, or one for each affiliate, newest click first
 * @param candidates the clicks that were looked at, oldest first
 */
public record Decision(
        UUID conversionId,
        int number,
        String model,
        int version,
        int windowDays,
        Basis basis,
        @Nullable Exclusion reason,
        boolean clickMissing,
        List<Winner> winners,
        List<Candidate> candidates) {
    public Decision {
        winners = List.copyOf(winners);
        candidates = List.copyOf(candidates);
        int sum = winners.stream().mapToInt(Winner::weightBps).sum();
        if (sum != (reason == null ? Weights.WHOLE : 0))
            throw new IllegalArgumentException("The weights of " + conversionId + " sum to " + sum);
        if ((basis == Basis.NONE) != (reason != null))
            throw new IllegalArgumentException("Either somebody is credited or there is a reason");
    }

    /** Whoever has the largest part, among equals the newest: the one that a customer is bound to. */
    public Optional<Winner> foremost() {
        return winners.stream()
                .max(Comparator.comparingInt(Winner::weightBps)
                        .thenComparing(winners::indexOf, Comparator.reverseOrder()));
    }
}
