package dev.tributary.conversion.stripe;

import dev.tributary.money.Money;
import dev.tributary.stripe.StripeUnits;
import dev.tributary.stripe.UnreadableEvent;
import io.vertx.core.json.JsonObject;

/** Amounts in Stripe's events. */
final class StripeMoney {
    private StripeMoney() {}

    /** An amount of an object that names its currency beside it. */
    static Money of(JsonObject object, String amountField) {
        return of(Fields.number(object, amountField), String.valueOf(Fields.text(object, "currency")));
    }

    /** An {@link UnreadableEvent} for a currency that is none, and for more than fits. */
    static Money of(long amount, String lowerCase) {
        try {
            return StripeUnits.read(amount, lowerCase);
        } catch (IllegalArgumentException | ArithmeticException odd) {
            throw new UnreadableEvent("%d %s is no amount".formatted(amount, lowerCase));
        }
    }
}
