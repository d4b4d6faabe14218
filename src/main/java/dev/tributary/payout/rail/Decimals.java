package dev.tributary.payout.rail;

import dev.tributary.money.Money;
import java.math.BigDecimal;
import java.util.Currency;

/** Amounts as providers write them who count in whole units: {@code 10.00}. */
public final class Decimals {
    private Decimals() {}

    public static String of(Money money) {
        return BigDecimal.valueOf(money.amount(), digits(money.currency())).toPlainString();
    }

    /** Minor units; a part of one is an {@link ArithmeticException}. */
    public static long minor(String decimal, String currency) {
        if (decimal.length() > 30) throw new ArithmeticException("An amount is shorter");
        return new BigDecimal(decimal).movePointRight(digits(currency)).longValueExact();
    }

    private static int digits(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }
}
