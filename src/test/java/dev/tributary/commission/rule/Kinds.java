package dev.tributary.commission.rule;

import java.util.List;

/** Every kind of rule, without CDI. */
public final class Kinds {
    private Kinds() {}

    public static RuleKinds all() {
        return new RuleKinds(List.of(
                new PercentageRule(),
                new FlatRule(),
                new RecurringRule(),
                new ProductRule(),
                new SignUpBonusRule(),
                new VolumeBonusRule(),
                new UplineRule()));
    }
}
