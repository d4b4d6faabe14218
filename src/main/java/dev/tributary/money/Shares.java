package dev.tributary.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shares of amounts in minor units: computed exactly, rounded half-even once, and split so that the parts sum to the whole.
 * What does not fit a {@code long} is an {@link ArithmeticException}, never another number.
 */
public final class Shares {
    /** All of something, in basis points. */
    public static final int WHOLE = 10_000;

    private Shares() {}

    /** So many basis points of an amount, before rounding. */
    public static BigDecimal exact(BigDecimal amount, int bps) {
        return amount.multiply(BigDecimal.valueOf(bps, 4));
    }

    /** So many basis points of an amount. */
    public static long of(long amount, int bps) {
        return rounded(exact(BigDecimal.valueOf(amount), bps));
    }

    /** The amount times {@code part / whole}; the whole is above 0. */
    public static long proportion(long amount, long part, long whole) {
        if (whole <= 0) throw new ArithmeticException("a proportion of " + whole);
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /** To whole minor units, ties to the even one: over many amounts the errors cancel out. */
    public static long rounded(BigDecimal exact) {
        return exact.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    public static long floor(BigDecimal exact) {
        return exact.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    /**
     * Whole units for parts that are not below 0, summing to their rounded sum: each gets its floor, and what is left goes to
     * the largest remainders, one unit each; among equal remainders the earlier part comes first.
     */
    public static List<Long> split(List<BigDecimal> parts) {
        List<Integer> ranks = ranks(parts);
        long left = left(parts);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> floor(parts.get(i)) + (ranks.get(i) < left ? 1 : 0))
                .toList();
    }

    /** How many units are left for the largest remainders: from 0 to the number of parts. */
    public static int left(List<BigDecimal> parts) {
        BigDecimal sum = parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        long floors = parts.stream().mapToLong(Shares::floor).reduce(0, Math::addExact);
        return Math.toIntExact(Math.subtractExact(rounded(sum), floors));
    }

    /** The place of each part among the largest remainders, from 0. */
    public static List<Integer> ranks(List<BigDecimal> parts) {
        List<Integer> byRemainder = IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer i) -> parts.get(i).subtract(BigDecimal.valueOf(floor(parts.get(i)))),
                        Comparator.reverseOrder()))
                .toList();
        List<Integer> ranks = new ArrayList<>(parts.stream().map(p -> 0).toList());
        for (int rank = 0; rank < byRemainder.size(); rank++) ranks.set(byRemainder.get(rank), rank);
        return ranks;
    }

    /** Whether a number of basis points is a share: from nothing to all. */
    public static boolean isShare(int bps) {
        return bps >= 0 && bps <= WHOLE;
    }
}
