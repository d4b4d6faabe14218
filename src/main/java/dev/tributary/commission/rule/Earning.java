package dev.tributary.commission.rule;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a rule gives for one conversion, not rounded yet.
 *
 * @param note why it is as it is where the terms do not tell, else empty
 */
public record Earning(List<Term> terms, String note) {
    public Earning {
        terms = List.copyOf(terms);
    }

    static Earning of(Term term) {
        return new Earning(List.of(term), "");
    }

    static Earning nothing(String why) {
        return new Earning(List.of(), why);
    }

    public BigDecimal exact() {
        return terms.stream().map(Term::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
