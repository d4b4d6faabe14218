package dev.tributary.analytics;

import dev.tributary.page.Params;
import dev.tributary.problem.FieldErrors;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The time that statistics span, as it was asked: each end is a moment, or a date, which is the beginning of that day in the
 * program's time zone. The database knows that zone, so it makes moments of dates in the same query.
 */
record Period(@Nullable Instant from, @Nullable LocalDate fromDay, @Nullable Instant to, @Nullable LocalDate toDay) {
    /** Two years of days, 732 rows at most. */
    private static final Duration LONGEST = Duration.ofDays(731);
    /** As far as a day's beginning may be from the same in UTC. */
    private static final Duration ZONES = Duration.ofHours(15);

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** Reads {@code from} and {@code to}; a 400 where an end cannot be so, the order is wrong or the time is too long. */
    static Period of(UriInfo uri) {
        LocalDate fromDay = Params.dayIfOne(uri, "from");
        LocalDate toDay = Params.dayIfOne(uri, "to");
        Period asked = new Period(
                fromDay == null ? Params.time(uri, "from") : null,
                fromDay,
                toDay == null ? Params.time(uri, "to") : null,
                toDay);
        asked.check();
        return asked;
    }

    private void check() {
        Instant begin = from != null || fromDay == null ? from : inUtc(fromDay);
        Instant end = to != null || toDay == null ? to : inUtc(toDay);
        FieldErrors errors = new FieldErrors();
        errors.require(within(begin), "from", "out_of_range", "from is in the years 2000 to 2199")
                .require(within(end), "to", "out_of_range", "to is in the years 2000 to 2199");
        if (begin != null && end != null) {
            boolean mixed = (from == null) != (to == null);
            Duration slack = mixed ? ZONES : Duration.ZERO;
            errors.require(begin.isBefore(end.plus(slack)), "to", "out_of_range", "to is after from")
                    .require(
                            Duration.between(begin, end).minus(slack).compareTo(LONGEST) <= 0,
                            "from",
                            "too_long",
                            "from and to are at most %d days apart".formatted(LONGEST.toDays()));
        }
        errors.done();
    }

    private static Instant inUtc(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static boolean within(@Nullable Instant moment) {
        return moment == null || !moment.isBefore(EARLIEST) && moment.isBefore(LATEST);
    }

    /** Adds four arguments: each end as a moment, then as a date; null where not given so. */
    Tuple addTo(Tuple arguments) {
        return arguments
                .addOffsetDateTime(at(from))
                .addLocalDate(fromDay)
                .addOffsetDateTime(at(to))
                .addLocalDate(toDay);
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
