package dev.tributary.program;

import dev.tributary.problem.FieldErrors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/**
 * An offer that affiliates promote.
 *
 * @param landingUrl where its links lead unless they say otherwise; its host is always among the allowed
 * @param allowedHosts entries as {@link Host#pattern} writes them, at most {@value #MOST_HOSTS}
 * @param currency ISO 4217, of every amount in this program
 * @param timeZone where its days begin and end
 * @param windowDays how long after a click a conversion may earn
 * @param honorGpc whether Global Privacy Control keeps a visitor without an id
 * @param pages what is offered for deep links, at most {@value ProgramPage#MOST}
 */
public record Program(
        UUID id,
        String name,
        String slug,
        String landingUrl,
        List<String> allowedHosts,
        String currency,
        String timeZone,
        String utmSource,
        int windowDays,
        boolean honorGpc,
        boolean active,
        ProgramRules rules,
        List<ProgramPage> pages,
        Instant createdAt,
        Instant updatedAt) {
    /** The redirect walks the list for every ?to=, and a merchant with more sites uses a wildcard. */
    static final int MOST_HOSTS = 50;

    public Program {
        allowedHosts = List.copyOf(allowedHosts);
        pages = List.copyOf(pages);
    }

    /** Throws a problem that names every field that cannot be so. */
    Program checked(WebUrl landing) {
        FieldErrors errors = new FieldErrors();
        rules.check(errors);
        errors.require(!name.isBlank(), "name", "required", "name is missing")
                .require(name.length() <= 200, "name", "too_long", "name has at most 200 characters")
                .require(
                        name.chars().noneMatch(Character::isISOControl),
                        "name",
                        "malformed",
                        "name is one line of text")
                .require(
                        slug.matches("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"),
                        "slug",
                        "malformed",
                        "slug is 1 to 64 of a-z, 0-9 and -, with no - at its ends")
                .require(
                        landing instanceof WebUrl.Good,
                        "landingUrl",
                        landing instanceof WebUrl.Bad bad ? bad.code() : "",
                        landing instanceof WebUrl.Bad bad ? bad.message() : "")
                .require(
                        allowedHosts.size() <= MOST_HOSTS,
                        "allowedHosts",
                        "too_many",
                        "At most " + MOST_HOSTS + " hosts")
                .require(
                        isCurrency(currency),
                        "currency",
                        "unknown_currency",
                        "currency is an ISO 4217 code such as USD")
                .require(isZone(timeZone), "timeZone", "unknown_time_zone", "timeZone is a name such as Europe/Berlin")
                .require(
                        utmSource.matches("[A-Za-z0-9._~-]{1,64}"),
                        "utmSource",
                        "malformed",
                        "utmSource is 1 to 64 of letters, digits, . _ ~ -")
                .require(windowDays >= 1 && windowDays <= 365, "windowDays", "out_of_range", "windowDays is 1 to 365")
                .done();
        return this;
    }

    private static boolean isCurrency(String code) {
        return code.matches("[A-Z]{3}")
                && Currency.getAvailableCurrencies().stream()
                        .anyMatch(c -> c.getCurrencyCode().equals(code));
    }

    private static boolean isZone(String name) {
        try {
            return name.length() <= 64
                    && ZoneId.getAvailableZoneIds().contains(ZoneId.of(name).getId());
        } catch (DateTimeException e) {
            return false;
        }
    }
}
