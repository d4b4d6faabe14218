package dev.tributary.commission.rule;

import dev.tributary.problem.FieldErrors;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A share of what a customer buys, for so many months from the first sale or for life. Months are those of the calendar, in
 * the program's time zone: 12 months from 31 January end before 31 January.
 */
@Singleton
class RecurringRule implements CommissionRule {
    /** Fifty years: beyond it, "for life" is what was meant. */
    private static final int MOST_MONTHS = 600;

    @Override
    public String kind() {
        return "recurring";
    }

    @Override
    public Role role() {
        return Role.BASE;
    }

    @Override
    public Set<Terms.Field> fields() {
        return EnumSet.of(Terms.Field.BPS, Terms.Field.MONTHS);
    }

    @Override
    public void check(Terms terms, FieldErrors errors) {
        terms.requireShare(errors);
        errors.allow(
                terms.months() == null || terms.months() >= 1 && terms.months() <= MOST_MONTHS,
                "terms.months",
                "out_of_range",
                "months is 1 to " + MOST_MONTHS + ", or left out for life");
    }

    @Override
    public boolean applies(Terms terms, Basis basis) {
        return basis.kind() == On.SALE;
    }

    @Override
    public Earning earning(Terms terms, Basis basis) {
        if (terms.months() != null && basis.customerMonths() >= terms.months())
            return Earning.nothing("the %d months from the customer's first sale are over".formatted(terms.months()));
        return Earning.of(new Term("sale", basis.amountMinor(), Objects.requireNonNull(terms.bps())));
    }
}
