package dev.tributary.conversion.attribution;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The newer a touch the more credit: each {@link #HALF_LIFE} that it is older than the newest halves its part. Computed in
 * whole numbers, because floating point near money is a bug that waits: 2 to the power of minus age over half-life, scaled
 * by 2^{@value #SCALE_BITS}, from the binary digits of the exponent and a table of roots of one half.
 */
@ApplicationScoped
class TimeDecay implements AttributionModel {
    static final Duration HALF_LIFE = Duration.ofDays(7);

    /** Twice as many bits and the product of two still is a long. */
    private static final int SCALE_BITS = 30;
    /** Steps of nine seconds within a half-life. */
    private static final int FRACTION_BITS = 16;

    private static final long[] ROOTS = new long[FRACTION_BITS];

    static {
        BigDecimal root = new BigDecimal("0.5");
        for (int i = 0; i < FRACTION_BITS; i++) {
            root = root.sqrt(MathContext.DECIMAL64);
            ROOTS[i] = root.multiply(BigDecimal.valueOf(1L << SCALE_BITS)).longValue();
        }
    }

    @Override
    public String word() {
        return "time_decay";
    }

    @Override
    public int[] weigh(List<Instant> touches) {
        Instant newest = touches.get(touches.size() - 1);
        return Weights.of(touches.stream()
                .mapToLong(touch -> part(Duration.between(touch, newest)))
                .toArray());
    }

    /** 2^30 for the newest; nothing from 31 half-lives on. */
    private static long part(Duration age) {
        long halfLife = HALF_LIFE.toMillis();
        long halvings = age.toMillis() / halfLife;
        if (halvings > SCALE_BITS) return 0;
        long fraction = (age.toMillis() % halfLife << FRACTION_BITS) / halfLife;
        long part = 1L << SCALE_BITS;
        for (int i = 0; i < FRACTION_BITS; i++) {
            if ((fraction & 1L << FRACTION_BITS - 1 - i) != 0) part = part * ROOTS[i] >> SCALE_BITS;
        }
        return part >> halvings;
    }
}
