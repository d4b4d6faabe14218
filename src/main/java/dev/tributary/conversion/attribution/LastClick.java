package dev.tributary.conversion.attribution;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** All credit to the newest touch: what a program starts with. */
@ApplicationScoped
class LastClick implements AttributionModel {
    @Override
    public String word() {
        return "last_click";
    }

    @Override
    public int[] weigh(List<Instant> touches) {
        int[] weights = new int[touches.size()];
        weights[weights.length - 1] = Weights.WHOLE;
        return weights;
    }
}
