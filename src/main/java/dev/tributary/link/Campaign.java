package dev.tributary.link;

import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An affiliate's own name for some of its links.
 *
 * @param utmCampaign what {@code utm_campaign} of its links says, or empty: the referral code
 * @param startsOn the first day that it is planned for, or null; days are told, nothing happens on them
 * @param links how many links are in it
 */
record Campaign(
        UUID id,
        UUID enrollmentId,
        UUID programId,
        UUID affiliateId,
        String name,
        String utmCampaign,
        @Nullable LocalDate startsOn,
        @Nullable LocalDate endsOn,
        long links,
        Instant createdAt,
        Instant updatedAt) {
    private static final int LONGEST_NAME = 100;
    private static final Pattern UTM = Pattern.compile("[A-Za-z0-9._~-]{0,64}");
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    /** Throws a problem that names every field that cannot be so. */
    Campaign checked() {
        new FieldErrors()
                .require(!name.isBlank(), "name", "required", "name is missing")
                .require(
                        name.length() <= LONGEST_NAME,
                        "name",
                        "too_long",
                        "name has at most " + LONGEST_NAME + " characters")
                .require(
                        name.chars().noneMatch(Character::isISOControl),
                        "name",
                        "malformed",
                        "name is one line of text")
                .require(
                        UTM.matcher(utmCampaign).matches(),
                        "utmCampaign",
                        "malformed",
                        "utmCampaign is up to 64 of letters, digits, . _ ~ -")
                .require(within(startsOn), "startsOn", "out_of_range", "startsOn is a day of the years 2000 to 2199")
                .require(within(endsOn), "endsOn", "out_of_range", "endsOn is a day of the years 2000 to 2199")
                .require(
                        startsOn == null || endsOn == null || !endsOn.isBefore(startsOn),
                        "endsOn",
                        "out_of_range",
                        "endsOn is not before startsOn")
                .done();
        return this;
    }

    private static boolean within(@Nullable LocalDate day) {
        return day == null || !day.isBefore(EARLIEST) && !day.isAfter(LATEST);
    }
}
