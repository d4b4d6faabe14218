package dev.tributary.conversion.attribution;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Splits the whole into basis points by proportion, exactly: each part is rounded down, and what is left goes one by one to
 * those that lost most by it (largest remainder, Hamilton's method); among equals to the newer.
 */
final class Weights {
    /** All of a conversion. */
    static final int WHOLE = 10_000;

    private Weights() {}

    /** @param parts none below zero, at least one above, and small enough that their sum times {@value #WHOLE} is a long */
    static int[] of(long... parts) {
        long sum = LongStream.of(parts).reduce(0, Math::addExact);
        if (sum <= 0 || LongStream.of(parts).anyMatch(part -> part < 0))
            throw new IllegalArgumentException("There is nothing to share by");
        Math.multiplyExact(sum, WHOLE);
        int[] weights = LongStream.of(parts)
                .mapToInt(part -> (int) (part * WHOLE / sum))
                .toArray();
        int left = WHOLE - IntStream.of(weights).sum();
        IntStream.range(0, parts.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> parts[i] * WHOLE % sum)
                        .thenComparingInt(i -> i)
                        .reversed())
                .limit(left)
                .forEach(i -> weights[i]++);
        return weights;
    }
}
