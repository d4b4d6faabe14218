package dev.tributary.commission.rule;

import dev.tributary.problem.FieldErrors;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What one product, or one category of products, pays instead: a share of its lines, or an amount for each piece but never more
 * than these cost.
 */
@Singleton
class ProductRule implements CommissionRule {
    /** As long as a line of an order may name it. */
    private static final int LONGEST = 100;

    @Override
    public String kind() {
        return "product";
    }

    @Override
    public Role role() {
        return Role.PRODUCT;
    }

    @Override
    public Set<Terms.Field> fields() {
        return EnumSet.of(Terms.Field.SKU, Terms.Field.CATEGORY, Terms.Field.BPS, Terms.Field.AMOUNT);
    }

    @Override
    public void check(Terms terms, FieldErrors errors) {
        errors.require(
                (terms.sku() == null) != (terms.category() == null),
                "terms.sku",
                "required",
                "Either sku or category is given");
        text(errors, "terms.sku", terms.sku());
        text(errors, "terms.category", terms.category());
        errors.require(
                (terms.bps() == null) != (terms.amount() == null),
                "terms.bps",
                "required",
                "Either bps or amount is given");
        if (terms.bps() != null) terms.requireShare(errors);
        if (terms.amount() != null) terms.requireAmount(errors);
    }

    private static void text(FieldErrors errors, String field, @org.jspecify.annotations.Nullable String value) {
        errors.require(
                value == null || !value.isBlank() && value.length() <= LONGEST,
                field,
                "malformed",
                "It has 1 to " + LONGEST + " characters");
    }

    @Override
    public boolean applies(Terms terms, Basis basis) {
        return basis.kind() == On.SALE
                && basis.items().stream()
                        .allMatch(item -> terms.sku() == null
                                ? item.category().equals(terms.category())
                                : item.sku().equals(terms.sku()));
    }

    @Override
    public Earning earning(Terms terms, Basis basis) {
        String of = terms.sku() == null ? "category:" + terms.category() : "sku:" + terms.sku();
        if (terms.bps() != null) return Earning.of(new Term(of, basis.amountMinor(), terms.bps()));
        long pieces = basis.items().stream().mapToLong(Item::quantity).reduce(0, Math::addExact);
        long each = Objects.requireNonNull(terms.amount()).amount();
        return Earning.of(Term.flat(of, pay(pieces, each, basis.amountMinor())));
    }

    /** At most what the lines cost: an amount for each piece that is more is a slip of the pen, or of a quantity. */
    private static long pay(long pieces, long each, long cost) {
        return BigInteger.valueOf(pieces)
                .multiply(BigInteger.valueOf(each))
                .min(BigInteger.valueOf(cost))
                .longValueExact();
    }
}
