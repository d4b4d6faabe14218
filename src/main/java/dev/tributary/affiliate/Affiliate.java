package dev.tributary.affiliate;

import dev.tributary.problem.FieldErrors;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A promoter. Only while {@code ACTIVE} do the clicks of their links earn.
 *
 * @param country ISO 3166-1 alpha-2, or empty where unknown
 * @param statusReason why the status is what it is, empty where nobody had to say
 * @param recruiterId who brought them in; never changes
 * @param account what signs in as them, or null while nobody does
 */
public record Affiliate(
        UUID id,
        String name,
        String email,
        String country,
        AffiliateStatus status,
        String statusReason,
        Profile profile,
        @Nullable UUID recruiterId,
        Standing standing,
        @Nullable Account account,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What an affiliate tells of themselves.
     *
     * @param displayName what others see on a leaderboard
     * @param promotion how they promote, in their own words
     */
    public record Profile(
            String displayName,
            PartnerType partnerType,
            boolean leaderboardOptIn,
            List<Channel> channels,
            String promotion) {
        public static final Profile EMPTY = new Profile("", PartnerType.OTHER, false, List.of(), "");

        public Profile {
            // a null among them is refused with the other channels that cannot be
            channels = channels.stream()
                    .map(c -> Objects.requireNonNullElse(c, Channel.NONE))
                    .toList();
        }
    }

    /** What others found out: tax papers, and a fraud score from 0 to 100, null where nobody has looked yet. */
    public record Standing(TaxStatus tax, @Nullable Integer fraudScore, FraudStatus fraud) {
        static final Standing NEW = new Standing(TaxStatus.MISSING, null, FraudStatus.CLEAR);
    }

    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}<>,;\"]{1,64}@[^@\\s\\p{Cntrl}<>,;\"]{1,189}");
    private static final Pattern COUNTRY = Pattern.compile("(?:[A-Z]{2})?");
    private static final int CHANNELS = 20;

    /** A new one, checked: throws a problem that names every field that cannot be so. */
    public static Affiliate of(
            UUID id,
            String name,
            String email,
            String country,
            AffiliateStatus status,
            Profile profile,
            @Nullable UUID recruiterId,
            Instant now) {
        return new Affiliate(id, name, email, country, status, "", profile, recruiterId, Standing.NEW, null, now, now)
                .checked();
    }

    /** The same with another profile, checked. */
    public Affiliate with(Profile next, Instant now) {
        return with(name, email, country, next, standing, now);
    }

    /** The same with other data, checked. */
    public Affiliate with(
            String newName, String newEmail, String newCountry, Profile next, Standing found, Instant now) {
        return new Affiliate(
                        id,
                        newName,
                        newEmail,
                        newCountry,
                        status,
                        statusReason,
                        next,
                        recruiterId,
                        found,
                        account,
                        createdAt,
                        now)
                .checked();
    }

    Affiliate to(AffiliateStatus next, String reason, Instant now) {
        return new Affiliate(
                id, name, email, country, next, reason, profile, recruiterId, standing, account, createdAt, now);
    }

    /** Throws a problem that names every field that cannot be so. */
    Affiliate checked() {
        FieldErrors errors = new FieldErrors()
                .require(!name.isBlank(), "name", "required", "name is missing")
                .require(name.length() <= 200, "name", "too_long", "name has at most 200 characters")
                .require(oneLine(name), "name", "malformed", "name is one line of text")
                .require(isEmail(email), "email", "malformed", "email is an address such as a@example.com")
                .require(COUNTRY.matcher(country).matches(), "country", "malformed", "country is two capital letters");
        check(profile, errors);
        errors.done();
        return this;
    }

    private static void check(Profile p, FieldErrors errors) {
        errors.require(
                        p.displayName.length() <= 100,
                        "displayName",
                        "too_long",
                        "displayName has at most 100 characters")
                .require(oneLine(p.displayName), "displayName", "malformed", "displayName is one line of text")
                .require(
                        p.promotion.length() <= 2_000,
                        "promotion",
                        "too_long",
                        "promotion has at most 2,000 characters")
                .require(p.promotion.indexOf('\0') < 0, "promotion", "malformed", "promotion is plain text")
                .require(p.channels.size() <= CHANNELS, "channels", "too_many", "There are at most 20 channels");
        for (int i = 0; i < Math.min(CHANNELS, p.channels.size()); i++)
            errors.require(
                    p.channels.get(i).valid(),
                    "channels[" + i + "]",
                    "malformed",
                    "A channel has a kind such as blog, a web address and an audience of 0 or more");
    }

    static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    static boolean oneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    /** What makes an address unique: twins by case or by look are one. */
    String emailKey() {
        return emailKey(email);
    }

    static String emailKey(String email) {
        return Normalizer.normalize(email, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
