package dev.tributary.analytics.export;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which rows an export has, by when they were stored, which is the time in their ids.
 *
 * <p>Ids are made a moment before their rows are committed, so a row may come to be below one that was exported already. An
 * export therefore ends where everything has settled: then going on after its last row misses nothing, for ever. Only
 * clicks may land later than that, when a journal was cut off; {@code landedFrom} finds them.
 *
 * @param after the id after which it begins
 * @param line of the id, where an entry's lines are rows of their own
 * @param last no id is above it
 */
record Bounds(UUID after, int line, UUID last, @Nullable Instant landedFrom) {
    /** The longest a transaction takes is 20 s; the rest is for clocks that differ. */
    static final Duration SETTLED = Duration.ofMinutes(2);

    /** Rows of many others are read to find an affiliate's own clicks. */
    static final Duration LONGEST_BY_HOURS = Duration.ofDays(31);

    private static final UUID FIRST = new UUID(0, 0);
    private static final int ALL_LINES = Short.MAX_VALUE;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    static Bounds of(UriInfo uri, Dataset dataset, ZoneId zone, Instant now) {
        Instant from = moment(uri, "from", zone);
        Instant to = moment(uri, "to", zone);
        FieldErrors errors = new FieldErrors();
        errors.require(from == null || to == null || from.isBefore(to), "to", "out_of_range", "to is after from")
                .done();
        Instant settled = now.minus(SETTLED);
        Instant end = to == null || to.isAfter(settled) ? settled : to;
        Bounds began = start(uri.getQueryParameters().getFirst("after"), dataset);
        boolean hours = dataset.walk() == Dataset.Walk.HOURS;
        if (from == null && hours && began.after.equals(FIRST)) from = end.minus(LONGEST_BY_HOURS);
        UUID floor = from == null ? FIRST : below(from);
        Bounds start = isBelow(began.after, floor) ? new Bounds(floor, ALL_LINES, FIRST, null) : began;
        if (hours
                && Ids.timeOf(start.after).plus(LONGEST_BY_HOURS).plusMillis(1).isBefore(end))
            throw Problem.field(
                    "from", "too_long", "An export of clicks has %d days at most".formatted(LONGEST_BY_HOURS.toDays()));
        return new Bounds(start.after, start.line, below(end), Params.time(uri, "landedFrom"));
    }

    /** Where a text such as {@code cnv_...} says that it begins, or {@code ent_....2} for the lines of an entry. */
    private static Bounds start(@Nullable String text, Dataset dataset) {
        if (text == null) return new Bounds(FIRST, ALL_LINES, FIRST, null);
        int dot = dataset.fourth() == Dataset.Fourth.LINE ? text.indexOf('.') : -1;
        String line = dot < 0 ? "" : text.substring(dot + 1);
        if (dot >= 0 && !line.matches("[0-9]{1,4}")) throw malformed(dataset);
        UUID id = dataset.kind().parse(dot < 0 ? text : text.substring(0, dot)).orElseThrow(() -> malformed(dataset));
        return new Bounds(id, dot < 0 ? ALL_LINES : Integer.parseInt(line), FIRST, null);
    }

    private static Problem malformed(Dataset dataset) {
        TypeId kind = dataset.kind();
        return Problem.field("after", "malformed", "after is the id of the last row that you have: " + kind.prefix());
    }

    private static @Nullable Instant moment(UriInfo uri, String name, ZoneId zone) {
        Instant moment = Params.time(uri, name, zone);
        if (moment != null && (moment.isBefore(EARLIEST) || !moment.isBefore(LATEST)))
            throw Problem.field(name, "out_of_range", name + " is in the years 2000 to 2199");
        return moment;
    }

    /** The value before all ids of a moment. */
    static UUID below(Instant moment) {
        UUID floor = Ids.floor(moment);
        return new UUID(floor.getMostSignificantBits(), floor.getLeastSignificantBits() - 1);
    }

    /** As PostgreSQL compares them, byte by byte; Java takes the first bit for a sign. */
    static boolean isBelow(UUID one, UUID other) {
        int first = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return first < 0
                || first == 0
                        && Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits()) < 0;
    }
}
