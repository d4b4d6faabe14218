package dev.tributary.page;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import dev.tributary.problem.Problem;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the filters of a list; what cannot be one is a 400 that names the parameter. */
public final class Params {
    private Params() {}

    public static @Nullable UUID id(UriInfo uri, String name, TypeId kind) {
        String text = uri.getQueryParameters().getFirst(name);
        if (text == null) return null;
        return kind.parse(text)
                .orElseThrow(() -> Problem.field(name, "malformed", name + " starts with " + kind.prefix()));
    }

    /** The value where it is one of those, null where none is given. */
    public static @Nullable String oneOf(UriInfo uri, String name, List<String> values) {
        String text = uri.getQueryParameters().getFirst(name);
        if (text == null || values.contains(text)) return text;
        throw Problem.field(name, "unknown_value", "%s is one of %s".formatted(name, String.join(", ", values)));
    }

    /** The same where the values are the words of an enumeration, in lower case. */
    public static @Nullable String oneOf(UriInfo uri, String name, Enum<?>[] values) {
        return oneOf(
                uri,
                name,
                Arrays.stream(values)
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** One line of text, of at most 200 characters. */
    public static @Nullable String line(UriInfo uri, String name) {
        String text = uri.getQueryParameters().getFirst(name);
        if (text == null || text.length() <= 200 && text.chars().noneMatch(Character::isISOControl)) return text;
        throw Problem.field(name, "malformed", name + " is one line of at most 200 characters");
    }

    /** A moment as RFC 3339 writes it. */
    public static @Nullable Instant time(UriInfo uri, String name) {
        String text = uri.getQueryParameters().getFirst(name);
        if (text == null) return null;
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.field(name, "malformed", name + " is a time such as 2026-11-21T00:00:00Z");
        }
    }

    /** A day as ISO 8601 writes it. */
    public static @Nullable LocalDate day(UriInfo uri, String name) {
        String text = uri.getQueryParameters().getFirst(name);
        if (text == null) return null;
        try {
            if (isDay(text)) return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            // as any other that is no day
        }
        throw Problem.field(name, "malformed", name + " is a day of the calendar such as 2026-11-21");
    }

    /** A day where it has the form of one, null where it is something else that a moment may be. */
    public static @Nullable LocalDate dayIfOne(UriInfo uri, String name) {
        String text = uri.getQueryParameters().getFirst(name);
        return text != null && isDay(text) ? day(uri, name) : null;
    }

    /** A moment, or a day, which is its beginning in the zone. */
    public static @Nullable Instant time(UriInfo uri, String name, ZoneId zone) {
        LocalDate day = dayIfOne(uri, name);
        return day == null ? time(uri, name) : day.atStartOfDay(zone).toInstant();
    }

    private static boolean isDay(String text) {
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    }

    /** Refuses every parameter that is not known, and every one that is given twice. */
    public static void only(UriInfo uri, Set<String> known) {
        FieldErrors errors = new FieldErrors();
        uri.getQueryParameters().forEach((name, values) -> errors.require(
                        known.contains(name), name, "unknown_parameter", "There is no parameter " + name)
                .require(values.size() == 1, name, "repeated", name + " is given once"));
        errors.done();
    }

    /** The id in a path: what is no id of this kind names nothing. */
    public static UUID path(String text, TypeId kind, String what) {
        return kind.parse(text).orElseThrow(() -> Problem.notFound(what));
    }

    /** The body, which must be there. */
    public static <T> T body(@Nullable T body) {
        if (body == null)
            throw new Problem(
                    dev.tributary.problem.ProblemKind.INVALID_REQUEST, "The body is not the expected JSON object");
        return body;
    }
}
