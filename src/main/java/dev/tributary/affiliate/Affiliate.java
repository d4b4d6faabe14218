package dev.tributary.affiliate;

import dev.tributary.problem.FieldErrors;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A promoter. Only while {@code ACTIVE} do the clicks of their links earn.
 *
 * @param country ISO 3166-1 alpha-2, or empty where unknown
 */
public record Affiliate(
        UUID id, String name, String email, Status status, String country, Instant createdAt, Instant updatedAt) {
    /** Closed is for good; the others may be changed into each other by staff. */
    @Schema(name = "AffiliateStatus")
    public enum Status {
        PENDING,
        ACTIVE,
        PAUSED,
        SUSPENDED,
        BANNED,
        CLOSED;

        /** The word in JSON and in the database. */
        @com.fasterxml.jackson.annotation.JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}<>,;\"]{1,64}@[^@\\s\\p{Cntrl}<>,;\"]{1,189}");
    private static final Pattern COUNTRY = Pattern.compile("(?:[A-Z]{2})?");

    /** Throws a problem that names every field that cannot be so. */
    Affiliate checked() {
        new FieldErrors()
                .require(!name.isBlank(), "name", "required", "name is missing")
                .require(name.length() <= 200, "name", "too_long", "name has at most 200 characters")
                .require(
                        name.chars().noneMatch(Character::isISOControl),
                        "name",
                        "malformed",
                        "name is one line of text")
                .require(
                        EMAIL.matcher(email).matches(),
                        "email",
                        "malformed",
                        "email is an address such as a@example.com")
                .require(COUNTRY.matcher(country).matches(), "country", "malformed", "country is two capital letters")
                .done();
        return this;
    }

    /** What makes an address unique: twins by case or by look are one. */
    String emailKey() {
        return Normalizer.normalize(email, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
