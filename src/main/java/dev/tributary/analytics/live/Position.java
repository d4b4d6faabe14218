package dev.tributary.analytics.live;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far somebody has read: a snapshot of PostgreSQL as it writes it ({@code xmin:xmax:xip_list}), which says of every
 * transaction whether it was seen. It is the id of events in a stream, so that whoever comes back names it.
 *
 * <p>A text that has the form and was made up shows its author other events of their own, and nothing more.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">pg_snapshot</a>
 */
record Position(String text) {
    /** Some forty transactions under way. */
    private static final int LONGEST = 500;
    /** Eighteen digits are within 64 bits. */
    private static final Pattern FORM =
            Pattern.compile("([1-9][0-9]{0,17}):([1-9][0-9]{0,17}):([1-9][0-9]{0,17}(?:,[1-9][0-9]{0,17})*)?");

    /** Whether this is of a later time than another of the same PostgreSQL could be: the other's was restored from a copy. */
    boolean isAfter(Position other) {
        return number(text, 0) > number(other.text, 1);
    }

    /**
     * As it is told to clients: cut to its beginning where very many transactions are under way. Then some events are told
     * twice to who comes back with it, and none is missed.
     */
    String id() {
        if (text.length() <= LONGEST) return text;
        String first = text.substring(0, text.indexOf(':'));
        return first + ":" + first + ":";
    }

    private static long number(String snapshot, int place) {
        return Long.parseLong(snapshot.split(":", -1)[place]);
    }

    /** What a client names; empty where it can be none. */
    static Optional<Position> read(String text) {
        if (text.length() > LONGEST) return Optional.empty();
        var parts = FORM.matcher(text);
        if (!parts.matches()) return Optional.empty();
        long first = Long.parseLong(parts.group(1));
        long end = Long.parseLong(parts.group(2));
        if (first > end) return Optional.empty();
        long before = first - 1;
        String open = parts.group(3);
        for (String each : open == null ? new String[0] : open.split(",")) {
            long transaction = Long.parseLong(each);
            if (transaction <= before || transaction >= end) return Optional.empty();
            before = transaction;
        }
        return Optional.of(new Position(text));
    }
}
