package dev.tributary.promo.validate;

import dev.tributary.money.Money;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.promo.DiscountCodeText;
import io.vertx.core.MultiMap;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a checkout page asks. Whether it can be asked does not depend on any code, so a refusal tells of none.
 *
 * @param key of the code as it was typed
 */
record Query(String key, @Nullable String plan, @Nullable Money amount, @Nullable String customer) {
    private static final List<String> NAMES = List.of("code", "plan", "amount", "currency", "customer");
    private static final int LONGEST = 200;
    /** Ten thousand million of a currency with two minor digits. */
    private static final long MOST_MONEY = 1_000_000_000_000L;

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    /** One pass over the parameters: a validation costs little more than reading them. */
    static Query read(MultiMap asked) {
        String[] found = new String[NAMES.size()];
        for (Map.Entry<String, String> parameter : asked) {
            String name = parameter.getKey();
            int place = NAMES.indexOf(name);
            if (place < 0) throw Problem.field(name, "unknown_parameter", "There is no parameter " + name);
            if (found[place] != null) throw Problem.field(name, "repeated", name + " is given once");
            found[place] = parameter.getValue();
        }
        String code = line("code", found[0]);
        if (code == null) throw Problem.field("code", "required", "code is missing");
        return new Query(
                DiscountCodeText.key(code),
                line("plan", found[1]),
                amount(found[2], found[3]),
                line("customer", found[4]));
    }

    private static @Nullable String line(String name, @Nullable String text) {
        if (text == null || text.isBlank()) return null;
        for (int i = 0; i < text.length(); i++)
            if (Character.isISOControl(text.charAt(i)))
                throw Problem.field(name, "malformed", name + " is one line of text");
        if (text.length() > LONGEST)
            throw Problem.field(name, "too_long", name + " has at most " + LONGEST + " characters");
        return text.strip();
    }

    private static @Nullable Money amount(@Nullable String amount, @Nullable String currency) {
        if (amount == null && currency == null) return null;
        if (amount == null || currency == null)
            throw Problem.field(
                    amount == null ? "amount" : "currency", "required", "amount and currency are given together");
        if (!CURRENCIES.contains(currency))
            throw cannot("currency", "unknown_currency", "currency is an ISO 4217 code such as USD");
        long minor = minor(amount);
        if (minor < 1 || minor > MOST_MONEY)
            throw cannot("amount", "out_of_range", "amount is 1 to " + MOST_MONEY + " minor units, such as cents");
        return new Money(minor, currency);
    }

    /** 0 where the text is no whole number of a size that can be. */
    private static long minor(String text) {
        if (text.isEmpty() || text.length() > 15) return 0;
        long minor = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return 0;
            minor = minor * 10 + c - '0';
        }
        return minor;
    }

    private static Problem cannot(String field, String code, String message) {
        return new Problem(ProblemKind.UNPROCESSABLE, message, List.of(new FieldError(field, code, message)));
    }
}
