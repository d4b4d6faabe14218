package dev.tributary.money;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/** Amounts as people write them: 1,234.50 EUR, 1,234 JPY, 1.234 BHD. */
public final class Written {
    private Written() {}

    /** With as many decimals as ISO 4217 gives the currency, and without the currency. */
    public static String of(long minor, String currency) {
        int digits = digits(currency);
        return String.format(Locale.ROOT, "%,." + digits + "f", BigDecimal.valueOf(minor, digits));
    }

    /** Codes that are no currency, such as those for tests, count whole units. */
    private static int digits(String currency) {
        return Currency.getAvailableCurrencies().stream()
                .filter(each -> each.getCurrencyCode().equals(currency))
                .findFirst()
                .map(each -> Math.max(0, each.getDefaultFractionDigits()))
                .orElse(0);
    }
}
