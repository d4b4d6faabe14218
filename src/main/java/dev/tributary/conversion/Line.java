package dev.tributary.conversion;

/**
 * One line of an order, for rules that pay by product.
 *
 * @param sku the merchant's own, or empty
 * @param category the merchant's own, or empty
 * @param amountMinor of the whole line, in minor units of the sale's currency
 */
public record Line(String sku, String category, long amountMinor, int quantity) {
    /** Of either text; longer ones are no product numbers. */
    public static final int MOST_CHARACTERS = 100;

    public Line {
        if (amountMinor < 0 || quantity < 1) throw new IllegalArgumentException("A line has an amount and a quantity");
    }
}
