package dev.tributary.promo;

import dev.tributary.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order before any discount.
 *
 * @param lines what of the amount is for which product; the rest is for none
 * @param plan the slug of a plan of the program, or null
 */
public record Order(Money amount, List<Line> lines, @Nullable String plan) {
    /** As many as a sale may have. */
    static final int MOST_LINES = 100;

    /** So many minor units for all of one product. */
    public record Line(String sku, long minor) {
        public Line {
            if (minor < 0) throw new IllegalArgumentException("A line of " + minor);
        }
    }

    public Order {
        lines = List.copyOf(lines);
        long sum = lines.stream().mapToLong(Line::minor).reduce(0, Math::addExact);
        if (amount.amount() < sum) throw new IllegalArgumentException("The lines are more than the order");
    }

    /** What is for no product. */
    long rest() {
        return amount.amount() - lines.stream().mapToLong(Line::minor).sum();
    }
}
