package dev.tributary.stripe;

import dev.tributary.money.Money;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Amounts as Stripe takes them: in the currency's smallest unit, which is ISO 4217's minor unit but for a few.
 *
 * @see <a href="https://docs.stripe.com/currencies#special-cases">Stripe: special cases of currencies</a>
 */
public final class StripeUnits {
    /** Digits behind the point where Stripe has others than ISO 4217. */
    private static final Map<String, Integer> DIGITS = Map.of("ISK", 2, "UGX", 2, "MGA", 0);

    /** Of three digits behind the point Stripe wants the last to be 0. */
    private static final Set<String> IN_TENS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private StripeUnits() {}

    /** What Stripe wrote; fails for a currency that is none, and for more than fits. */
    public static Money read(long amount, String lowerCase) {
        String currency = lowerCase.toUpperCase(Locale.ROOT);
        int iso = Currency.getInstance(currency).getDefaultFractionDigits();
        int digits = DIGITS.getOrDefault(currency, iso);
        long minor = amount;
        for (int d = digits; d < iso; d++) minor = Math.multiplyExact(minor, 10);
        for (int d = iso; d < digits; d++) minor = Math.floorDiv(minor, 10);
        return new Money(minor, currency);
    }

    /** Empty for an amount that Stripe has no number for, such as 1.005 dinar, and for one that does not fit. */
    public static Optional<Long> of(Money money) {
        try {
            return exact(money);
        } catch (ArithmeticException tooMuch) {
            return Optional.empty();
        }
    }

    private static Optional<Long> exact(Money money) {
        int iso = Currency.getInstance(money.currency()).getDefaultFractionDigits();
        int digits = DIGITS.getOrDefault(money.currency(), iso);
        long amount = money.amount();
        for (int d = iso; d < digits; d++) amount = Math.multiplyExact(amount, 10);
        for (int d = digits; d < iso; d++) {
            if (amount % 10 != 0) return Optional.empty();
            amount /= 10;
        }
        boolean takes = !IN_TENS.contains(money.currency()) || amount % 10 == 0;
        return takes ? Optional.of(amount) : Optional.empty();
    }
}
