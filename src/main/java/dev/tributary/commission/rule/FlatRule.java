package dev.tributary.commission.rule;

import dev.tributary.problem.FieldErrors;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** The same amount for every sale, or for every lead. */
@Singleton
class FlatRule implements CommissionRule {
    @Override
    public String kind() {
        return "flat";
    }

    @Override
    public Role role() {
        return Role.BASE;
    }

    @Override
    public Set<Terms.Field> fields() {
        return EnumSet.of(Terms.Field.AMOUNT, Terms.Field.ON);
    }

    @Override
    public void check(Terms terms, FieldErrors errors) {
        terms.requireAmount(errors);
    }

    @Override
    public boolean applies(Terms terms, Basis basis) {
        return basis.kind() == (terms.on() == null ? On.SALE : terms.on());
    }

    @Override
    public Earning earning(Terms terms, Basis basis) {
        return Earning.of(
                Term.flat("flat", Objects.requireNonNull(terms.amount()).amount()));
    }
}
