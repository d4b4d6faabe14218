package dev.tributary.promo;

import dev.tributary.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order with codes that are to be applied to it, as it was read of a request.
 *
 * @param keys of the codes as they were typed
 * @param reserved for how long
 * @param emailHash of the customer's address, or null
 */
record Applying(
        UUID programId,
        List<String> keys,
        String customer,
        Order order,
        Duration reserved,
        @Nullable String emailHash,
        @Nullable SessionOptions session) {
    static final int MOST_CODES = 5;
    static final int MOST_CHARACTERS = 200;
    private static final int SHORTEST = 5;
    /** A Checkout Session lasts a day at most. */
    private static final int LONGEST = 1_440;

    Applying {
        keys = List.copyOf(keys);
    }

    /** Throws a problem that names every field that is wrong, whatever the codes are. */
    static Applying read(ApplyInput input, UUID programId, String currency, int usualMinutes) {
        ApplyFields fields = new ApplyFields();
        List<String> keys = codes(input, fields);
        String customer = fields.required("customerExternalId", input.customerExternalId(), MOST_CHARACTERS);
        Money amount = fields.money("amount", input.amount(), currency, 1);
        String plan = fields.text("plan", input.plan(), MOST_CHARACTERS);
        List<Order.Line> lines = lines(input, fields);
        int minutes = Objects.requireNonNullElse(input.reserveMinutes(), usualMinutes);
        if (minutes < SHORTEST || minutes > LONGEST)
            fields.cannot("reserveMinutes", "out_of_range", "reserveMinutes is %d to %d".formatted(SHORTEST, LONGEST));
        String hash = input.customerEmailHash();
        fields.require(
                hash == null || hash.matches("[0-9a-fA-F]{64}"),
                "customerEmailHash",
                "malformed",
                "customerEmailHash is 64 hexadecimal digits");
        SessionOptions session =
                input.checkoutSession() == null ? null : SessionOptions.read(input.checkoutSession(), fields);
        long sum = lines.stream().mapToLong(Order.Line::minor).sum();
        if (amount != null && sum > amount.amount())
            fields.cannot("items", "more_than_amount", "The items together are more than the amount");
        fields.done();
        Order order = new Order(Objects.requireNonNull(amount), lines, plan);
        return new Applying(programId, keys, customer, order, Duration.ofMinutes(minutes), hash, session);
    }

    private static List<String> codes(ApplyInput input, ApplyFields fields) {
        List<@Nullable String> codes = Objects.requireNonNullElse(input.codes(), List.of());
        fields.require(
                !codes.isEmpty() && codes.size() <= MOST_CODES,
                "codes",
                "out_of_range",
                "codes are 1 to " + MOST_CODES);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < Math.min(codes.size(), MOST_CODES); i++) {
            String code = fields.required("codes[" + i + "]", codes.get(i), MOST_CHARACTERS);
            keys.add(DiscountCodeText.key(code));
        }
        return keys;
    }

    private static List<Order.Line> lines(ApplyInput input, ApplyFields fields) {
        List<ApplyInput.@Nullable Item> items = Objects.requireNonNullElse(input.items(), List.of());
        fields.require(
                items.size() <= Order.MOST_LINES,
                "items",
                "too_many",
                "An order has at most " + Order.MOST_LINES + " items");
        List<Order.Line> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(items.size(), Order.MOST_LINES); i++) {
            String at = "items[" + i + "]";
            ApplyInput.Item item = items.get(i);
            fields.require(item != null, at, "required", "An item is an object");
            if (item == null) continue;
            String sku = fields.required(at + ".sku", item.sku(), MOST_CHARACTERS);
            long minor = fields.minor(at + ".amount", item.amount(), 0);
            if (minor >= 0) lines.add(new Order.Line(sku, minor));
        }
        return lines;
    }
}
