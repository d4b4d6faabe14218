package dev.tributary.payout.rail;

import dev.tributary.problem.FieldErrors;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads what an affiliate told of where the money goes: every field that is wrong, missing or not known is named. */
public final class DetailFields {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final JsonObject sent;
    private final FieldErrors errors = new FieldErrors();
    private final Set<String> known = new TreeSet<>();

    public DetailFields(JsonObject sent) {
        this.sent = sent;
    }

    /** Text without blanks around it; "" where it is not of the form, which {@link #done} tells. */
    public String text(String field, String form, String message) {
        String text = optional(field, form, message);
        boolean there = sent.getValue(field) != null;
        errors.require(there, name(field), "required", name(field) + " is needed");
        return text;
    }

    /** The same where it may be left out. */
    public String optional(String field, String form, String message) {
        known.add(field);
        Object value = sent.getValue(field);
        if (value == null) return "";
        String text = value instanceof String given ? given.strip() : "";
        boolean fits = text.length() <= 255 && text.matches(form);
        errors.require(fits, name(field), "malformed", message);
        return fits ? text : "";
    }

    /** One of the enumeration's words in lower case; its first where it is none, which {@link #done} tells. */
    public <E extends Enum<E>> E oneOf(String field, E[] values) {
        String words =
                String.join("|", Arrays.stream(values).map(DetailFields::word).toList());
        String text = text(field, words, name(field) + " is one of " + words.replace("|", ", "));
        return Arrays.stream(values)
                .filter(value -> word(value).equals(text))
                .findFirst()
                .orElse(values[0]);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The country by its two letters. */
    public String country() {
        String country = text("country", "[A-Z]{2}", "details.country is a country's two capital letters");
        check(country.isEmpty() || COUNTRIES.contains(country), "country", "unknown", "There is no such country");
        return country;
    }

    /** USD for rails that pay in nothing else; another currency is refused there. */
    public String dollars() {
        String currency = optional("currency", "[A-Z]{3}", "details.currency is three capital letters");
        check(currency.isEmpty() || currency.equals("USD"), "currency", "unsupported", "This rail pays US dollars");
        return "USD";
    }

    /** The currency, which must be given. */
    public String currency() {
        String currency = text("currency", "[A-Z]{3}", "details.currency is three capital letters");
        boolean there = currency.isEmpty()
                || Currency.getAvailableCurrencies().stream()
                        .anyMatch(each -> each.getCurrencyCode().equals(currency));
        check(there, "currency", "unknown", "There is no such currency");
        return currency;
    }

    /** Notes a field that has its form and still cannot be so, unless the condition holds. */
    public void check(boolean holds, String field, String code, String message) {
        errors.allow(holds, name(field), code, message);
    }

    /** Ends the reading: throws a problem that names every wrong field, or nothing where all is well. */
    public void done() {
        for (String field : sent.fieldNames())
            errors.require(
                    known.contains(field), name(field), "unknown_field", "There is no field " + name(field) + " here");
        errors.done();
    }

    private static String name(String field) {
        return "details." + field;
    }
}
