package dev.tributary.conversion.attribution;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** All credit to the oldest touch in the window: whoever made the shop known. */
@ApplicationScoped
class FirstClick implements AttributionModel {
    @Override
    public String word() {
        return "first_click";
    }

    @Override
    public int[] weigh(List<Instant> touches) {
        int[] weights = new int[touches.size()];
        weights[0] = Weights.WHOLE;
        return weights;
    }
}
