package dev.tributary.conversion.attribution;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The same credit to every touch. */
@ApplicationScoped
class Linear implements AttributionModel {
    @Override
    public String word() {
        return "linear";
    }

    @Override
    public int[] weigh(List<Instant> touches) {
        long[] parts = new long[touches.size()];
        Arrays.fill(parts, 1);
        return Weights.of(parts);
    }
}
