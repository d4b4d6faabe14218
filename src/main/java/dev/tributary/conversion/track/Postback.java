package dev.tributary.conversion.track;

import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Details;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.IncomingRefund;
import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Touch;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversion as affiliate networks tell it, in the parameters of an address. Amounts are decimal, in the currency's main
 * unit ({@code 49.99}), and must come out in whole minor units: 0 digits of JPY, 3 of BHD. What a network sends beside is
 * ignored.
 */
final class Postback {
    /** Longer ones are no number that anybody sends. */
    private static final int MOST_DIGITS = 20;

    private final Map<String, String> told;
    private final PostbackTokens.Owner owner;
    private final EventFields fields;

    Postback(Map<String, String> told, PostbackTokens.Owner owner, Instant now) {
        this.told = told;
        this.owner = owner;
        this.fields = new EventFields(now);
    }

    /** {@code lead}, {@code sale} or {@code refund}; without a word a sale has an amount and a lead has none. */
    String event() {
        String word = told.get("event");
        if (word == null || word.isBlank()) return told.containsKey("amount") ? "sale" : "lead";
        String known = word.strip().toLowerCase(Locale.ROOT);
        fields.require(
                List.of("lead", "sale", "refund").contains(known),
                "event",
                "unknown_value",
                "event is lead, sale or refund");
        return known;
    }

    Incoming incoming(Kind kind) {
        UUID click = fields.id("click_id", told.get("click_id"), TypeId.CLICK);
        String customer = fields.text("customer_id", told.get("customer_id"), Incoming.MOST_CHARACTERS);
        String code = fields.text("promo_code", told.get("promo_code"), EventInput.MOST_CODE);
        Money amount = kind == Kind.LEAD ? Incoming.NO_MONEY : amount(true);
        String external = kind == Kind.SALE ? fields.required("order_id", told.get("order_id"), MOST_ID) : lead(click);
        Instant at = fields.occurredAt("occurred_at", told.get("occurred_at"));
        fields.done();
        return new Incoming(
                owner.programId(),
                kind,
                external,
                customer,
                java.util.Objects.requireNonNull(amount),
                List.of(),
                at,
                Door.POSTBACK,
                new Touch(click, null, code, null),
                Buyer.UNKNOWN,
                Details.NONE);
    }

    private static final int MOST_ID = Incoming.MOST_CHARACTERS;

    /** A network's lead often has no id of its own: then there is one a customer, else one a click. */
    private String lead(@Nullable UUID click) {
        String external = fields.text("order_id", told.get("order_id"), MOST_ID);
        if (external != null) return external;
        String customer = fields.text("customer_id", told.get("customer_id"), MOST_ID - 5);
        if (customer != null) return "lead:" + customer;
        fields.require(click != null, "order_id", "required", "A lead has an order_id, a customer_id or a click_id");
        return "lead:" + (click == null ? "" : TypeId.CLICK.format(click));
    }

    IncomingRefund refund() {
        String order = fields.required("order_id", told.get("order_id"), MOST_ID - 7);
        String refund = fields.text("refund_id", told.get("refund_id"), MOST_ID);
        Money amount = amount(false);
        Instant at = fields.occurredAt("occurred_at", told.get("occurred_at"));
        fields.done();
        return new IncomingRefund(
                owner.programId(), RefundKind.REFUND, refund == null ? "refund:" + order : refund, order, amount, at);
    }

    private @Nullable Money amount(boolean needed) {
        String text = told.get("amount");
        if (text == null || text.isBlank()) {
            fields.require(!needed, "amount", "required", "amount is missing");
            return null;
        }
        String currency = told.getOrDefault("currency", "").strip();
        String code = currency.isEmpty() ? owner.currency() : currency.toUpperCase(Locale.ROOT);
        if (!EventFields.isCurrency(code))
            return fields.bad("currency", "unknown_currency", "currency is an ISO 4217 code such as USD");
        Long minor = minor(text.strip(), Currency.getInstance(code));
        if (minor == null)
            return fields.bad(
                    "amount", "out_of_range", "amount is a decimal number above 0 in whole minor units, such as 49.99");
        return new Money(minor, code);
    }

    /** Null where it is no such number. */
    static @Nullable Long minor(String text, Currency currency) {
        if (text.length() > MOST_DIGITS || !text.matches("[0-9]+(\\.[0-9]+)?")) return null;
        BigDecimal minor = new BigDecimal(text).movePointRight(Math.max(0, currency.getDefaultFractionDigits()));
        boolean whole = minor.stripTrailingZeros().scale() <= 0;
        boolean bounded = minor.signum() > 0 && minor.compareTo(BigDecimal.valueOf(EventFields.MOST_MONEY)) <= 0;
        return whole && bounded ? minor.longValueExact() : null;
    }
}
