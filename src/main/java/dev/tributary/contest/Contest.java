package dev.tributary.contest;

import dev.tributary.problem.FieldErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A contest among the affiliates of a program.
 *
 * @param graceHours how long refunds and late data still count after the end; 0 to 720
 * @param minimumClicks without so many, a conversion rate is not ranked
 * @param prizes of the first place, the second and so on; 1 to 100
 * @param asOf when its standings were computed last, of {@code ranked} affiliates
 */
record Contest(
        UUID id,
        UUID programId,
        String name,
        String description,
        Metric metric,
        Instant startsAt,
        Instant endsAt,
        int graceHours,
        int minimumClicks,
        TieRule tieRule,
        String currency,
        List<Prize> prizes,
        Banner banner,
        @Nullable Instant canceledAt,
        @Nullable Instant settledAt,
        @Nullable Instant asOf,
        int ranked,
        Instant createdAt,
        Instant updatedAt) {
    static final int MOST_PRIZES = 100;
    static final int LONGEST_GRACE = 720;
    static final int MOST_CLICKS = 1_000_000;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_DESCRIPTION = 2_000;
    /** A year, and the day by which some are longer. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final long HOUR = 3_600;

    Contest {
        prizes = List.copyOf(prizes);
    }

    ContestStatus status(Instant now) {
        if (canceledAt != null) return ContestStatus.CANCELED;
        if (settledAt != null) return ContestStatus.SETTLED;
        if (now.isBefore(startsAt)) return ContestStatus.UPCOMING;
        return now.isBefore(endsAt) ? ContestStatus.ACTIVE : ContestStatus.ENDED;
    }

    /** From when on it may be decided. */
    Instant decidedFrom() {
        return endsAt.plus(Duration.ofHours(graceHours));
    }

    Contest canceled(Instant now) {
        return new Contest(
                id,
                programId,
                name,
                description,
                metric,
                startsAt,
                endsAt,
                graceHours,
                minimumClicks,
                tieRule,
                currency,
                prizes,
                banner,
                now,
                settledAt,
                asOf,
                ranked,
                createdAt,
                now);
    }

    /** Throws a problem that names every field that cannot be so. */
    Contest checked() {
        FieldErrors errors = new FieldErrors().require(!name.isBlank(), "name", "required", "name is missing");
        Banner.line(errors, "name", name, LONGEST_NAME);
        errors.require(
                        description.length() <= LONGEST_DESCRIPTION,
                        "description",
                        "too_long",
                        "description has at most " + LONGEST_DESCRIPTION + " characters")
                .require(description.indexOf('\0') < 0, "description", "malformed", "description is plain text");
        banner.check(errors);
        time(errors);
        errors.allow(
                        graceHours >= 0 && graceHours <= LONGEST_GRACE,
                        "graceHours",
                        "out_of_range",
                        "graceHours is 0 to " + LONGEST_GRACE)
                .allow(
                        minimumClicks >= 1 && minimumClicks <= MOST_CLICKS,
                        "minimumClicks",
                        "out_of_range",
                        "minimumClicks is 1 to " + MOST_CLICKS);
        prizes(errors);
        errors.done();
        return this;
    }

    /** Clicks are counted by the hour, so a contest of rates begins and ends with one. */
    private void time(FieldErrors errors) {
        boolean byHours = metric != Metric.CONVERSION_RATE || isWhole(startsAt) && isWhole(endsAt);
        errors.allow(within(startsAt), "startsAt", "out_of_range", "startsAt is in the years 2000 to 2199")
                .allow(within(endsAt), "endsAt", "out_of_range", "endsAt is in the years 2000 to 2199")
                .allow(endsAt.isAfter(startsAt), "endsAt", "out_of_range", "endsAt is after startsAt")
                .allow(
                        Duration.between(startsAt, endsAt).compareTo(LONGEST) <= 0,
                        "endsAt",
                        "too_long",
                        "A contest lasts at most " + LONGEST.toDays() + " days")
                .allow(byHours, "startsAt", "not_whole_hour", "A contest of rates begins and ends at a whole hour");
    }

    private static boolean isWhole(Instant moment) {
        return moment.getNano() == 0 && moment.getEpochSecond() % HOUR == 0;
    }

    private static boolean within(Instant moment) {
        return !moment.isBefore(EARLIEST) && moment.isBefore(LATEST);
    }

    private void prizes(FieldErrors errors) {
        errors.require(
                !prizes.isEmpty() && prizes.size() <= MOST_PRIZES,
                "prizes",
                "out_of_range",
                "There are 1 to " + MOST_PRIZES + " prizes");
        for (int i = 0; i < Math.min(prizes.size(), MOST_PRIZES); i++) {
            Prize prize = prizes.get(i);
            String field = "prizes[" + i + "]";
            Banner.line(errors, field + ".description", prize.description(), Prize.LONGEST);
            errors.allow(
                            prize.amountMinor() >= 0 && prize.amountMinor() <= Prize.MOST_MONEY,
                            field + ".amount",
                            "out_of_range",
                            "amount is 0 to " + Prize.MOST_MONEY + " minor units")
                    .allow(
                            prize.amountMinor() > 0 || !prize.description().isBlank(),
                            field,
                            "required",
                            "A prize is an amount or a description, or both");
        }
    }
}
