package dev.tributary.conversion.attribution;

import java.time.Instant;
import java.util.List;

/**
 * How the credit of one conversion is shared among the touches that led to it. One file a model, found by CDI; each is a
 * plain function of moments, so that any decision can be computed again and come out equal.
 */
public interface AttributionModel {
    /** The word in JSON, in a program's settings and in the database. */
    String word();

    /** Grows with every change to what the model answers; kept with each decision. */
    default int version() {
        return 1;
    }

    /**
     * The weight of each touch in basis points, which sum to exactly {@value Weights#WHOLE}.
     *
     * @param touches when each was, oldest first; at least one, at most {@value Journey#MOST_CLICKS}
     */
    int[] weigh(List<Instant> touches);
}
