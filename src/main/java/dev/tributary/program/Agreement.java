package dev.tributary.program;

import dev.tributary.problem.FieldErrors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One version of the terms between a program and its affiliates. Once it is valid it never changes; a newer version asks
 * everybody again.
 *
 * @param number counts a program's versions from 1
 * @param terms plain text or Markdown, at most {@value #MOST_BYTES} bytes of UTF-8
 * @param revenueSplitBps the affiliate's share in basis points, null where the terms name none
 * @param validUntil null = until a newer version is valid
 * @param graceUntil how long those who have not accepted it may go on; null = not at all
 */
public record Agreement(
        UUID id,
        UUID programId,
        int number,
        String title,
        String terms,
        @Nullable Integer revenueSplitBps,
        Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Instant graceUntil,
        Instant createdAt) {
    /** A hundred pages; below the largest body that a request may have. */
    static final int MOST_BYTES = 200_000;
    /** How far ahead a version can be announced, and how long its grace can last. */
    static final Duration MOST_AHEAD = Duration.ofDays(366);

    static final Duration MOST_VALID = Duration.ofDays(3_660);
    /** Versions a program: one a month for eighty years, and still no way to fill the disk. */
    static final int MOST = 1_000;

    /** Who accepted it, and from where: the account's subject, the network and the browser of the request. */
    public record Acceptance(String acceptedBy, String ipPrefix, String userAgent) {
        static final int LONGEST_AGENT = 512;
        private static final Pattern NETWORK = Pattern.compile("|[0-9.]{7,15}/24|[0-9a-f:]{4,16}/48");

        public Acceptance {
            if (!NETWORK.matcher(ipPrefix).matches())
                throw new IllegalArgumentException("A whole address must not be kept, only its network");
            if (userAgent.length() > LONGEST_AGENT) userAgent = userAgent.substring(0, LONGEST_AGENT);
        }
    }

    /** As lists have it: a hundred texts would be 20 MB. */
    Agreement withoutTerms() {
        return new Agreement(
                id, programId, number, title, "", revenueSplitBps, validFrom, validUntil, graceUntil, createdAt);
    }

    boolean isValid(Instant now) {
        return !validFrom.isAfter(now);
    }

    boolean hasEnded(Instant now) {
        return validUntil != null && !validUntil.isAfter(now);
    }

    /** Throws a problem that names every field that cannot be so; the version before it must not come into force later. */
    Agreement checked(@Nullable Agreement before) {
        FieldErrors errors = new FieldErrors()
                .require(!validFrom.isBefore(createdAt), "validFrom", "in_the_past", "validFrom is now or later")
                .require(
                        !validFrom.isAfter(createdAt.plus(MOST_AHEAD)),
                        "validFrom",
                        "out_of_range",
                        "validFrom is within a year")
                .require(
                        before == null || !validFrom.isBefore(before.validFrom),
                        "validFrom",
                        "before_previous",
                        "validFrom is not before that of the version before");
        errors.done();
        return checkedFields();
    }

    private Agreement checkedFields() {
        new FieldErrors()
                .require(!title.isBlank(), "title", "required", "title is missing")
                .require(title.length() <= 200, "title", "too_long", "title has at most 200 characters")
                .require(
                        title.chars().noneMatch(Character::isISOControl),
                        "title",
                        "malformed",
                        "title is one line of text")
                .require(!terms.isBlank(), "terms", "required", "terms are missing")
                .require(
                        terms.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES,
                        "terms",
                        "too_long",
                        "terms have at most " + MOST_BYTES + " bytes")
                .require(terms.indexOf('\0') < 0, "terms", "malformed", "terms hold no character U+0000")
                .require(
                        revenueSplitBps == null || ProgramRules.isShare(revenueSplitBps),
                        "revenueSplitBps",
                        "out_of_range",
                        "revenueSplitBps is 0 to " + ProgramRules.WHOLE)
                .require(
                        validUntil == null
                                || validUntil.isAfter(validFrom) && validUntil.isBefore(validFrom.plus(MOST_VALID)),
                        "validUntil",
                        "out_of_range",
                        "validUntil is after validFrom, by ten years at most")
                .require(
                        graceUntil == null
                                || !graceUntil.isBefore(validFrom) && graceUntil.isBefore(validFrom.plus(MOST_AHEAD)),
                        "graceUntil",
                        "out_of_range",
                        "graceUntil is not before validFrom, and within a year of it")
                .done();
        return this;
    }
}
