package dev.tributary.payout;

import java.util.List;

/** One change of a payout: what it is then, and what goes with it. */
public record Step(Payout payout, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(Payout payout, Effect... effects) {
        return new Step(payout, List.of(effects));
    }
}
