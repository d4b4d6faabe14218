package dev.tributary.payout.tax;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.problem.FieldErrors;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An address on a tax form.
 *
 * @param region a state in two letters within the US, free text elsewhere; may be empty there, as the postal code
 * @param country ISO 3166-1 alpha-2
 */
@Schema(name = "TaxAddress")
public record PostalAddress(
        @Schema(examples = "1 Main Street") String line1,
        @Schema(examples = "") String line2,
        @Schema(examples = "Springfield") String city,
        @Schema(examples = "IL", description = "In the US a state or territory in two letters") String region,
        @Schema(examples = "62701") String postalCode,
        @Schema(examples = "US", description = "ISO 3166-1 alpha-2") String country) {
    public static final String US = "US";

    private static final int LINE = 100;
    private static final Pattern ZIP = Pattern.compile("[0-9]{5}(?:-[0-9]{4})?");
    private static final Pattern BOX =
            Pattern.compile("(?i)\\b(?:p\\.?\\s*o\\.?\\s*box|post\\s+office\\s+box|postfach|apartado)\\b");
    /** States, the district, territories and the addresses of the armed forces. */
    private static final Set<String> STATES = Set.copyOf(Arrays.asList(
            ("AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
                            + "PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI AA AE AP")
                    .split(" ")));

    /** What a request leaves out is empty. */
    public PostalAddress {
        line1 = requireNonNullElse(line1, "");
        line2 = requireNonNullElse(line2, "");
        city = requireNonNullElse(city, "");
        region = requireNonNullElse(region, "");
        postalCode = requireNonNullElse(postalCode, "");
        country = requireNonNullElse(country, "");
    }

    void check(FieldErrors errors, String at) {
        line(errors, at + "line1", line1, true);
        line(errors, at + "line2", line2, false);
        line(errors, at + "city", city, true);
        line(errors, at + "region", region, false);
        line(errors, at + "postalCode", postalCode, false);
        errors.require(
                Countries.isCountry(country), at + "country", "malformed", "country is an ISO 3166-1 code such as US");
        if (!country.equals(US)) return;
        errors.require(STATES.contains(region), at + "region", "unknown_state", "region is a state such as IL")
                .require(
                        ZIP.matcher(postalCode).matches(),
                        at + "postalCode",
                        "malformed",
                        "A ZIP code has 5 or 9 digits");
    }

    private static void line(FieldErrors errors, String field, String text, boolean needed) {
        errors.require(!needed || !text.isBlank(), field, "required", field + " is missing")
                .require(text.length() <= LINE, field, "too_long", field + " has at most " + LINE + " characters")
                .require(
                        text.chars().noneMatch(Character::isISOControl),
                        field,
                        "malformed",
                        field + " is one line of text");
    }

    /** A place to fetch letters, which is no residence. */
    boolean isPostBox() {
        return BOX.matcher(line1).find() || BOX.matcher(line2).find();
    }
}
