package dev.tributary.link;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A short code that redirects.
 *
 * @param campaignId the affiliate's campaign that it belongs to, or null
 * @param destination an absolute URL on the program's hosts, or empty for the program's landing page
 * @param src the affiliate's own mark, used where the visit brings none
 * @param subs sub ids 1 to 5, empty where unset
 */
public record Link(
        UUID id,
        UUID enrollmentId,
        UUID programId,
        UUID affiliateId,
        @Nullable UUID campaignId,
        String code,
        String destination,
        String src,
        List<String> subs,
        Status status,
        @Nullable Instant expiresAt,
        Instant createdAt,
        Instant updatedAt) {
    /** As long as the redirect accepts from a visit. */
    static final int TAG_LIMIT = 255;
    /** What every program that reads the API can write as a date. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** A paused link redirects, but its clicks do not earn. */
    @Schema(name = "LinkStatus")
    public enum Status {
        ACTIVE,
        PAUSED;

        /** The word in JSON and in the database. */
        @com.fasterxml.jackson.annotation.JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public Link {
        subs = List.copyOf(subs);
    }

    /** The same in a campaign, or with null in none. */
    Link in(@Nullable UUID campaign) {
        return new Link(
                id,
                enrollmentId,
                programId,
                affiliateId,
                campaign,
                code,
                destination,
                src,
                subs,
                status,
                expiresAt,
                createdAt,
                updatedAt);
    }

    /** Throws a problem that names everything that cannot be so; the destination is checked by {@link Destinations}. */
    Link checked() {
        FieldErrors errors = new FieldErrors();
        tag(errors, "src", src);
        for (int i = 0; i < subs.size(); i++) tag(errors, "sub" + (i + 1), subs.get(i));
        errors.require(
                        expiresAt == null || expiresAt.isBefore(LATEST) && expiresAt.isAfter(Instant.EPOCH),
                        "expiresAt",
                        "out_of_range",
                        "expiresAt is between the years 1970 and 9999")
                .done();
        return this;
    }

    private static void tag(FieldErrors errors, String field, String value) {
        errors.require(
                        value.length() <= TAG_LIMIT,
                        field,
                        "too_long",
                        field + " has at most " + TAG_LIMIT + " characters")
                .require(
                        value.chars().noneMatch(Character::isISOControl),
                        field,
                        "malformed",
                        field + " is one line of text");
    }
}
