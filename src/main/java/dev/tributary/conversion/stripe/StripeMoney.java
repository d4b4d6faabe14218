package dev.tributary.conversion.stripe;

import dev.tributary.money.Money;
import dev.tributary.stripe.UnreadableEvent;
import io.vertx.core.json.JsonObject;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/**
 * Amounts as Stripe writes them: in the currency's smallest unit, which is ISO 4217's minor unit but for a few.
 *
 * @see <a href="https://docs.stripe.com/currencies#special-cases">Stripe: special cases of currencies</a>
 */
final class StripeMoney {
    /** Digits behind the point where Stripe has others than ISO 4217. */
    private static final Map<String, Integer> DIGITS = Map.of("ISK", 2, "UGX", 2, "MGA", 0);

    private StripeMoney() {}

    /** An amount of an object that names its currency beside it. */
    static Money of(JsonObject object, String amountField) {
        return of(Fields.number(object, amountField), String.valueOf(Fields.text(object, "currency")));
    }

    /** An {@link UnreadableEvent} for a currency that is none, and for more than fits. */
    static Money of(long amount, String lowerCase) {
        try {
            return inMinorUnits(amount, lowerCase.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException | ArithmeticException odd) {
            throw new UnreadableEvent("%d %s is no amount".formatted(amount, lowerCase));
        }
    }

    private static Money inMinorUnits(long amount, String code) {
        int iso = Currency.getInstance(code).getDefaultFractionDigits();
        int digits = DIGITS.getOrDefault(code, iso);
        long minor = amount;
        for (int d = digits; d < iso; d++) minor = Math.multiplyExact(minor, 10);
        for (int d = iso; d < digits; d++) minor = Math.floorDiv(minor, 10);
        return new Money(minor, code);
    }
}
