package dev.tributary.promo;

import dev.tributary.money.Shares;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What codes take off an order, each and together.
 *
 * <p>Percentages come first, one of what the one before left; then fixed amounts, each up to what is left. So the total is
 * the same in whatever order the codes are typed, as long as they are for the same products, and never more than the
 * order. All is computed exactly; the total is rounded once, half-even, and split among the codes by largest remainder, so
 * that the parts sum to it.
 */
public final class Discounts {
    /** The order's lines and behind them what is for no product: what is left to pay of each. */
    private final BigDecimal[] left;

    private final Order order;

    private Discounts(Order order) {
        this.order = order;
        this.left = Stream.concat(order.lines().stream().map(Order.Line::minor), Stream.of(order.rest()))
                .map(BigDecimal::valueOf)
                .toArray(BigDecimal[]::new);
    }

    /** Of one code: what it takes off and from which products, all where there are none. */
    public record Taking(Discount discount, List<String> products) {
        public Taking {
            products = List.copyOf(products);
        }

        static Taking of(DiscountCode code) {
            return new Taking(code.discount(), code.scope().products());
        }
    }

    /** In minor units, for each code in its place; together at most the order's amount. */
    public static List<Long> of(Order order, List<Taking> codes) {
        Discounts discounts = new Discounts(order);
        BigDecimal[] exact = new BigDecimal[codes.size()];
        IntStream.range(0, codes.size())
                .boxed()
                .sorted(Comparator.comparing(
                        place -> codes.get(place).discount().type()))
                .forEach(place -> exact[place] = discounts.take(codes.get(place)));
        return Shares.split(List.of(exact));
    }

    private BigDecimal take(Taking code) {
        List<Integer> scope = scope(code.products());
        Discount discount = code.discount();
        return switch (discount.type()) {
            case PERCENTAGE -> percentage(scope, Math.toIntExact(discount.value()));
            case FIXED_AMOUNT -> fixed(scope, BigDecimal.valueOf(discount.value()));
        };
    }

    private List<Integer> scope(List<String> products) {
        List<Integer> scope = new ArrayList<>();
        for (int i = 0; i < left.length; i++) {
            boolean named = i < order.lines().size()
                    && products.contains(order.lines().get(i).sku());
            if (products.isEmpty() || named) scope.add(i);
        }
        return scope;
    }

    private BigDecimal percentage(List<Integer> scope, int bps) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i : scope) {
            BigDecimal part = Shares.exact(left[i], bps);
            left[i] = left[i].subtract(part);
            sum = sum.add(part);
        }
        return sum;
    }

    private BigDecimal fixed(List<Integer> scope, BigDecimal most) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i : scope) {
            BigDecimal part = most.subtract(sum).min(left[i]);
            left[i] = left[i].subtract(part);
            sum = sum.add(part);
        }
        return sum;
    }
}
