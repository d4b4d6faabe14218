package dev.tributary.conversion.attribution;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** 40 % to the first touch, 40 % to the last, the rest in equal parts to those between; two share equally. */
@ApplicationScoped
class PositionBased implements AttributionModel {
    @Override
    public String word() {
        return "position_based";
    }

    @Override
    public int[] weigh(List<Instant> touches) {
        long[] parts = new long[touches.size()];
        Arrays.fill(parts, 1);
        // Each end weighs twice as much as all between together: 2 + 1 + 2.
        int between = parts.length - 2;
        if (between > 0) parts[0] = parts[parts.length - 1] = 2L * between;
        return Weights.of(parts);
    }
}
