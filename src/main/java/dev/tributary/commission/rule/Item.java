package dev.tributary.commission.rule;

/**
 * One line of an order.
 *
 * @param amountMinor of the whole line
 */
public record Item(String sku, String category, long quantity, long amountMinor) {
    public Item {
        if (quantity < 0 || amountMinor < 0)
            throw new IllegalArgumentException("%d of %s for %d".formatted(quantity, sku, amountMinor));
    }
}
