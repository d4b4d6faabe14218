package dev.tributary.promo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.money.Money;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of an order and gathers whatever is wrong with them: 400 where a field has not its form, 422 where it
 * has, and its amount cannot be.
 */
final class ApplyFields {
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private final FieldErrors form = new FieldErrors();
    private final List<FieldError> values = new ArrayList<>();

    static boolean isCurrency(String code) {
        return CURRENCIES.contains(code);
    }

    ApplyFields require(boolean holds, String field, String code, String message) {
        form.require(holds, field, code, message);
        return this;
    }

    void cannot(String field, String code, String message) {
        values.add(new FieldError(field, code, message));
    }

    /** One line of text, cut of blanks around it; null where there is none. */
    @Nullable
    String text(String name, @Nullable String value, int limit) {
        if (value == null || value.isBlank()) return null;
        String stripped = value.strip();
        require(stripped.length() <= limit, name, "too_long", name + " has at most " + limit + " characters");
        require(stripped.chars().noneMatch(Character::isISOControl), name, "malformed", name + " is one line of text");
        return stripped;
    }

    /** The same where it must be there; empty where it is not, which is noted. */
    String required(String name, @Nullable String value, int limit) {
        String text = text(name, value, limit);
        require(text != null, name, "required", name + " is missing");
        return text == null ? "" : text;
    }

    /** An amount of a program's currency from {@code least} on; null where it cannot be one, which is noted. */
    @Nullable
    Money money(String name, @Nullable JsonNode value, String currency, long least) {
        require(value != null && !value.isNull(), name, "required", name + " is missing");
        if (value == null || value.isNull()) return null;
        boolean object = value.isObject()
                && value.size() == 2
                && value.has("amount")
                && value.path("currency").isTextual();
        require(object, name, "malformed", name + " is an object of amount and currency");
        if (!object) return null;
        String told = value.path("currency").asText();
        if (!isCurrency(told))
            cannot(name + ".currency", "unknown_currency", "currency is an ISO 4217 code such as USD");
        else if (!told.equals(currency))
            cannot(name + ".currency", "other_currency", "The program's currency is " + currency);
        long minor = minor(name + ".amount", value.path("amount"), least);
        return minor < 0 || !told.equals(currency) ? null : new Money(minor, told);
    }

    /** Whole minor units from {@code least} on; -1 where it is none, which is noted. */
    long minor(String name, @Nullable JsonNode value, long least) {
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            cannot(name, "not_minor_units", name + " is a whole number of minor units, such as cents");
            return -1;
        }
        long minor = value.longValue();
        if (minor >= least && minor <= CodeRules.MOST_MONEY) return minor;
        cannot(name, "out_of_range", "%s is %d to %d minor units".formatted(name, least, CodeRules.MOST_MONEY));
        return -1;
    }

    /** Ends the reading: throws a problem that names every wrong field, or nothing where all is well. */
    void done() {
        form.done();
        refuse(values);
    }

    /** Throws a 422 that names these, or nothing where there are none. */
    static void refuse(List<FieldError> values) {
        if (!values.isEmpty())
            throw new Problem(
                    ProblemKind.UNPROCESSABLE,
                    values.size() == 1 ? values.get(0).message() : values.size() + " fields cannot be so",
                    values);
    }
}
