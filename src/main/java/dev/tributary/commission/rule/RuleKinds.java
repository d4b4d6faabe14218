package dev.tributary.commission.rule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every kind of rule there is, by its word. */
@ApplicationScoped
public class RuleKinds {
    private final Map<String, CommissionRule> kinds;

    @Inject
    RuleKinds(Instance<CommissionRule> kinds) {
        this(kinds.stream().toList());
    }

    RuleKinds(List<CommissionRule> kinds) {
        this.kinds = kinds.stream()
                .collect(Collectors.toMap(
                        CommissionRule::kind,
                        Function.identity(),
                        (one, other) -> {
                            throw new IllegalStateException("Two kinds of rules are called " + one.kind());
                        },
                        TreeMap::new));
    }

    /** The kind of a rule that is stored. */
    public CommissionRule of(String kind) {
        return find(kind).orElseThrow(() -> new IllegalStateException("No kind of rule is called " + kind));
    }

    public Optional<CommissionRule> find(String kind) {
        return Optional.ofNullable(kinds.get(kind));
    }

    /** In alphabetical order. */
    public List<String> words() {
        return List.copyOf(kinds.keySet());
    }
}
