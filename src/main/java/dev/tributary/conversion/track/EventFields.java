package dev.tributary.conversion.track;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.access.ClientAddress;
import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Details;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Line;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one event and gathers whatever is wrong with them: 400 where a field has not its form, 422 where it
 * has, and its amount, currency or time cannot be.
 */
public final class EventFields {
    /** Ten thousand million of a currency with two minor digits: far from overflow when amounts are summed. */
    static final long MOST_MONEY = 1_000_000_000_000L;

    /** Whoever moves here may bring the books of ten years along. */
    private static final Duration OLDEST = Duration.ofDays(3_653);
    /** How far the merchant's clock may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private static final int REPLACEMENT = 0xFFFD;

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private final FieldErrors form = new FieldErrors();
    private final List<FieldError> values = new ArrayList<>();
    private final Instant now;

    public EventFields(Instant now) {
        this.now = now.truncatedTo(ChronoUnit.MICROS);
    }

    static boolean isCurrency(String code) {
        return CURRENCIES.contains(code);
    }

    /** One line of text, cut of blanks around it; null where there is none. */
    @Nullable
    String text(String name, @Nullable String value, int limit) {
        if (value == null || value.isBlank()) return null;
        String stripped = value.strip();
        form.require(stripped.length() <= limit, name, "too_long", name + " has at most " + limit + " characters")
                .require(isLine(stripped), name, "malformed", name + " is one line of text");
        return stripped;
    }

    /** The same where it must be there; empty where it is not, which is noted. */
    String required(String name, @Nullable String value, int limit) {
        String text = text(name, value, limit);
        form.require(text != null, name, "required", name + " is missing");
        return text == null ? "" : text;
    }

    @Nullable
    UUID id(String name, @Nullable String text, TypeId kind) {
        if (text == null || text.isBlank()) return null;
        UUID id = kind.parse(text.strip()).orElse(null);
        form.require(id != null, name, "malformed", name + " starts with " + kind.prefix());
        return id;
    }

    /** An amount above zero; null where it is not given or cannot be one, which is noted. */
    @Nullable
    Money money(String name, @Nullable JsonNode value, boolean needed) {
        if (value == null || value.isNull()) {
            form.require(!needed, name, "required", name + " is missing");
            return null;
        }
        if (!value.isObject()) return bad(name, "malformed", name + " is an object of amount and currency");
        value.fieldNames()
                .forEachRemaining(field -> form.require(
                        Set.of("amount", "currency").contains(field),
                        name + "." + field,
                        "unknown_field",
                        "There is no field " + name + "." + field));
        return money(name, value.path("amount"), value.path("currency").asText(""));
    }

    private @Nullable Money money(String name, JsonNode amount, String currency) {
        if (!isCurrency(currency))
            return bad(name + ".currency", "unknown_currency", "currency is an ISO 4217 code such as USD");
        if (!amount.isIntegralNumber() || !amount.canConvertToLong())
            return bad(name + ".amount", "not_minor_units", "amount is a whole number of minor units, such as cents");
        if (amount.longValue() < 1 || amount.longValue() > MOST_MONEY)
            return bad(name + ".amount", "out_of_range", "amount is 1 to " + MOST_MONEY + " minor units");
        return new Money(amount.longValue(), currency);
    }

    /** When it happened; now unless it is given. */
    Instant occurredAt(String name, @Nullable String text) {
        if (text == null) return now;
        try {
            Instant at = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (at.isBefore(now.minus(OLDEST)) || at.isAfter(now.plus(AHEAD)))
                bad(name, "out_of_range", name + " is within the last ten years and not in the future");
            return at;
        } catch (DateTimeException e) {
            form.require(false, name, "malformed", name + " is a time such as 2026-11-21T09:30:00Z");
            return now;
        }
    }

    /** The lines of an order, whose sum is no more than the order's amount. */
    List<Line> lines(@Nullable List<@Nullable ItemInput> items, @Nullable Money amount) {
        if (items == null) return List.of();
        if (items.size() > Incoming.MOST_LINES) {
            form.require(false, "items", "too_many", "An order has at most " + Incoming.MOST_LINES + " items");
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            ItemInput item = items.get(i);
            form.require(item != null, "items[" + i + "]", "required", "An item is an object");
            if (item != null) item.read("items[" + i + "].", this, lines);
        }
        long sum = lines.stream().mapToLong(Line::amountMinor).sum();
        if (amount != null && sum > amount.amount())
            bad("items", "more_than_amount", "The items together are more than the amount");
        return lines;
    }

    void line(
            String at,
            @Nullable String sku,
            @Nullable String category,
            @Nullable JsonNode amount,
            int quantity,
            List<Line> to) {
        String product = text(at + "sku", sku, Line.MOST_CHARACTERS);
        String kind = text(at + "category", category, Line.MOST_CHARACTERS);
        form.require(product != null || kind != null, at + "sku", "required", "An item has a sku or a category");
        long minor = amount != null && amount.isIntegralNumber() && amount.canConvertToLong() ? amount.longValue() : -1;
        if (minor < 0 || minor > MOST_MONEY)
            bad(at + "amount", "not_minor_units", "amount is 0 to " + MOST_MONEY + " minor units of the whole line");
        else if (quantity < 1 || quantity > 1_000_000) bad(at + "quantity", "out_of_range", "quantity is 1 to 1000000");
        else to.add(new Line(product == null ? "" : product, kind == null ? "" : kind, minor, quantity));
    }

    Buyer buyer(@Nullable String hash, @Nullable String domain, @Nullable String ip, @Nullable String country) {
        form.require(
                        hash == null || hash.matches("[0-9a-fA-F]{64}"),
                        "customerEmailHash",
                        "malformed",
                        "customerEmailHash is the SHA-256 of the e-mail address in lower case, as 64 hexadecimal"
                                + " digits")
                .require(
                        domain == null || domain.matches("[A-Za-z0-9.-]{1,253}"),
                        "customerEmailDomain",
                        "malformed",
                        "customerEmailDomain is a domain such as mail.example")
                .require(
                        ip == null || !ClientAddress.prefix(ip).isEmpty(),
                        "customerIp",
                        "malformed",
                        "customerIp is an IPv4 or IPv6 address")
                .require(
                        country == null || country.matches("[A-Za-z]{2}"),
                        "customerCountry",
                        "malformed",
                        "customerCountry is two letters (ISO 3166-1)");
        // The address itself is never stored.
        String network = ip == null ? null : ClientAddress.prefix(ip);
        return new Buyer(
                lower(hash), lower(domain), network, country == null ? null : country.toUpperCase(Locale.ROOT));
    }

    /**
     * Half a surrogate pair is no character: the database would keep another text than the one that was told. A replacement
     * character stands where an address held bytes that are no UTF-8: two such ids would be one.
     */
    private static boolean isLine(String text) {
        return text.codePoints()
                .noneMatch(c ->
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || c == REPLACEMENT);
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    Details details(
            @Nullable String plan, @Nullable String subscription, @Nullable Map<String, @Nullable String> metadata) {
        String named = text("plan", plan, Line.MOST_CHARACTERS);
        String subscribed = text("subscriptionId", subscription, Incoming.MOST_CHARACTERS);
        if (metadata == null) return new Details(named, subscribed, Map.of());
        boolean fits = metadata.size() <= Details.MOST_ENTRIES
                && metadata.entrySet().stream()
                        .allMatch(e -> e.getKey().length() <= 40
                                && e.getValue() != null
                                && e.getValue().length() <= 200
                                && isLine(e.getKey())
                                && isLine(e.getValue()));
        form.require(
                fits,
                "metadata",
                "too_long",
                "metadata has at most 20 lines of text, with keys of at most 40 and values of at most 200 characters");
        return new Details(named, subscribed, fits ? Map.copyOf(metadata) : Map.of());
    }

    <T> @Nullable T bad(String field, String code, String message) {
        values.add(new FieldError(field, code, message));
        return null;
    }

    void require(boolean holds, String field, String code, String message) {
        form.require(holds, field, code, message);
    }

    /** Ends the reading: throws a problem that names every wrong field, or nothing where all is well. */
    void done() {
        form.done();
        if (!values.isEmpty())
            throw new Problem(
                    ProblemKind.UNPROCESSABLE,
                    values.size() == 1 ? values.get(0).message() : values.size() + " fields cannot be so",
                    values);
    }
}
