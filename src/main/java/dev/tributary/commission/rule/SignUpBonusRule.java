package dev.tributary.commission.rule;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A flat amount for every lead, by the affiliate's tier. */
@Singleton
class SignUpBonusRule implements CommissionRule {
    static final String KIND = "sign_up_bonus";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Role role() {
        return Role.BONUS;
    }

    @Override
    public Set<Terms.Field> fields() {
        return EnumSet.of(Terms.Field.AMOUNT, Terms.Field.TIERS);
    }

    @Override
    public void check(Terms terms, FieldErrors errors) {
        errors.require(
                terms.amount() != null || terms.tiers() != null,
                "terms.amount",
                "required",
                "amount, or tiers, or both are given");
        if (terms.amount() != null) terms.requireAmount(errors);
        if (terms.tiers() == null) return;
        errors.require(
                terms.tiers().size() <= Terms.MOST_TIERS,
                "terms.tiers",
                "too_many",
                "At most " + Terms.MOST_TIERS + " tiers");
        for (int i = 0; i < Math.min(terms.tiers().size(), Terms.MOST_TIERS); i++) {
            Terms.TierAmount tier = terms.tiers().get(i);
            String at = "terms.tiers[" + i + "]";
            errors.require(
                    tier.tierId() != null && TypeId.TIER.parse(tier.tierId()).isPresent(),
                    at + ".tierId",
                    "malformed",
                    "tierId starts with " + TypeId.TIER.prefix());
            errors.require(tier.amount() != null, at + ".amount", "required", "amount is missing")
                    .allow(
                            tier.amount() == null || Terms.isAmount(tier.amount()),
                            at + ".amount",
                            "out_of_range",
                            Terms.AMOUNT_RANGE);
        }
    }

    @Override
    public boolean applies(Terms terms, Basis basis) {
        return basis.kind() == On.LEAD;
    }

    @Override
    public Earning earning(Terms terms, Basis basis) {
        @Nullable String tier = basis.tierId() == null ? null : TypeId.TIER.format(basis.tierId());
        if (terms.tiers() != null && tier != null)
            for (Terms.TierAmount each : terms.tiers())
                if (each.tierId().equals(tier))
                    return Earning.of(Term.flat("tier:" + tier, each.amount().amount()));
        return terms.amount() == null
                ? Earning.nothing("no amount for this tier")
                : Earning.of(Term.flat("flat", terms.amount().amount()));
    }
}
