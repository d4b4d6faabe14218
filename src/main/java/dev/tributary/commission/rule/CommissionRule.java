package dev.tributary.commission.rule;

import dev.tributary.problem.FieldErrors;
import java.util.Set;

/**
 * A kind of commission rule, found by CDI. It decides by what it is given and nothing else, so that the same conversion
 * earns the same whenever it is computed.
 */
public interface CommissionRule {
    /** How a kind stands beside others. */
    enum Role {
        /** One of these wins for a conversion: the one with the closest scope. */
        BASE,
        /** Wins for the order lines that it matches; the rest of the order is left to the next. */
        PRODUCT,
        /** Added to what the base rule gave, as a commission of its own. */
        BONUS,
        /** For those who recruited the affiliate. */
        UPLINE
    }

    /** The word in the API, in the database and on commissions. */
    String kind();

    Role role();

    /** Notes every field of the terms that is missing or out of range. */
    void check(Terms terms, FieldErrors errors);

    /** The fields of {@link Terms} that this kind reads; others are refused. */
    Set<Terms.Field> fields();

    /** Whether it has a say in this conversion at all; where not, the next one is asked. */
    boolean applies(Terms terms, Basis basis);

    /** What it gives; also nothing, with the reason. */
    Earning earning(Terms terms, Basis basis);
}
