package dev.tributary.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which link is clicked: Zipf's law with exponent 1, so the nth most popular link gets 1/n of the clicks of the first.
 * With 1,001 links the first gets 13 % of all clicks and the last 500 together 9 %.
 */
final class Popularity {
    /** Chances added up, in the links' order of popularity. */
    private final double[] upTo;

    Popularity(int links) {
        upTo = new double[links + 1];
        double sum = 0;
        for (int rank = 0; rank < upTo.length; rank++) upTo[rank] = sum += 1.0 / (rank + 1);
    }

    /** A link's code. The most popular one is ECO10, the demo's named link. */
    String code(RandomGenerator random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        int rank = found < 0 ? -found - 1 : found;
        return rank == 0 ? "ECO10" : "DEMO%04d".formatted(rank);
    }
}
