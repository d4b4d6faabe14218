package dev.tributary.commission.rule;

import dev.tributary.problem.FieldErrors;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** A share of every sale. */
@Singleton
class PercentageRule implements CommissionRule {
    @Override
    public String kind() {
        return "percentage";
    }

    @Override
    public Role role() {
        return Role.BASE;
    }

    @Override
    public Set<Terms.Field> fields() {
        return EnumSet.of(Terms.Field.BPS);
    }

    @Override
    public void check(Terms terms, FieldErrors errors) {
        terms.requireShare(errors);
    }

    @Override
    public boolean applies(Terms terms, Basis basis) {
        return basis.kind() == On.SALE;
    }

    @Override
    public Earning earning(Terms terms, Basis basis) {
        return Earning.of(new Term("sale", basis.amountMinor(), Objects.requireNonNull(terms.bps())));
    }
}
