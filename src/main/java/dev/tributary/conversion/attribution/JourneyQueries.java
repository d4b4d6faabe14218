package dev.tributary.conversion.attribution;

import dev.tributary.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds clicks by their ids and by their visitors, by two functions of the database that say why they are functions. Each is
 * told between which ids everything lies that it is asked for, so that the days of all other clicks stay closed.
 */
@ApplicationScoped
class JourneyQueries {
    private static final String NAMED =
            """
            SELECT place, id, enrollment_id, affiliate_id, link_id, src, human, credited, barred, visitor_id
              FROM click_named($1, $2, $3, $4, $5)
            """;
    private static final String OF_VISITORS =
            """
            SELECT place, id, enrollment_id, affiliate_id, link_id, src, human, credited, barred
              FROM click_of_visitors($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /** As PostgreSQL orders ids: byte by byte, also those that somebody made up. */
    private static final Comparator<UUID> ORDER = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    /** A visitor's id was made with its first click; clocks of two instances disagree by less. */
    private static final Duration CLOCKS = Duration.ofHours(1);

    /** A click that an event names, and the visitor who made it. */
    record Named(Seen click, @Nullable UUID visitorId) {}

    /** One visitor to look for, on behalf of one place of the batch. */
    record Wanted(int place, UUID programId, UUID visitorId, UUID oldest, UUID newest) {
        /**
         * The clicks of a visitor that a conversion's window holds. Days before the visitor's own id was made are not looked
         * at: most visitors buy on the day they come. An id that is no UUIDv7 says nothing about that.
         */
        static Wanted of(int place, Evidence evidence, UUID visitor, Window window) {
            Instant oldest =
                    evidence.occurredAt().minus(Duration.ofDays(window.days())).minus(Window.TOLERANCE);
            Instant born = visitor.version() == 7 ? Ids.timeOf(visitor).minus(CLOCKS) : oldest;
            Instant newest = evidence.occurredAt().plus(Window.TOLERANCE).plusMillis(1);
            return new Wanted(
                    place,
                    evidence.programId(),
                    visitor,
                    Ids.floor(born.isAfter(oldest) ? born : oldest),
                    Ids.floor(newest));
        }
    }

    /** The clicks that events name and that are there, by the place of the event. */
    Uni<Map<Integer, Named>> named(SqlConnection tx, List<Evidence> batch) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) if (batch.get(i).clickId() != null) places.add(i);
        if (places.isEmpty()) return Uni.createFrom().item(Map.of());
        List<UUID> clicks = places.stream().map(at -> batch.get(at).clickId()).toList();
        Tuple asked = Tuple.tuple()
                .addArrayOfInteger(places.toArray(Integer[]::new))
                .addArrayOfUUID(
                        places.stream().map(at -> batch.get(at).programId()).toArray(UUID[]::new))
                .addArrayOfUUID(clicks.toArray(UUID[]::new))
                .addUUID(Collections.min(clicks, ORDER))
                .addUUID(Collections.max(clicks, ORDER));
        return tx.preparedQuery(NAMED).execute(asked).map(rows -> {
            Map<Integer, Named> named = new HashMap<>();
            for (Row row : rows) named.put(row.getInteger("place"), new Named(seen(row), row.getUUID("visitor_id")));
            return named;
        });
    }

    /** The clicks of visitors that may earn, oldest first, at most the newest hundred of each, by place. */
    Uni<Map<Integer, List<Seen>>> ofVisitors(SqlConnection tx, List<Wanted> wanted) {
        if (wanted.isEmpty()) return Uni.createFrom().item(Map.of());
        Tuple asked = Tuple.tuple()
                .addArrayOfInteger(wanted.stream().map(Wanted::place).toArray(Integer[]::new))
                .addArrayOfUUID(column(wanted, Wanted::programId))
                .addArrayOfUUID(column(wanted, Wanted::visitorId))
                .addArrayOfUUID(column(wanted, Wanted::oldest))
                .addArrayOfUUID(column(wanted, Wanted::newest))
                .addUUID(Collections.min(List.of(column(wanted, Wanted::oldest)), ORDER))
                .addUUID(Collections.max(List.of(column(wanted, Wanted::newest)), ORDER))
                .addInteger(Journey.MOST_CLICKS);
        return tx.preparedQuery(OF_VISITORS).execute(asked).map(rows -> {
            Map<Integer, List<Seen>> found = new HashMap<>();
            for (Row row : rows)
                found.computeIfAbsent(row.getInteger("place"), place -> new ArrayList<>(1))
                        .add(seen(row));
            return found;
        });
    }

    private static UUID[] column(List<Wanted> wanted, Function<Wanted, UUID> value) {
        return wanted.stream().map(value).toArray(UUID[]::new);
    }

    private static Seen seen(Row row) {
        return new Seen(
                row.getUUID("id"),
                row.getUUID("enrollment_id"),
                row.getUUID("affiliate_id"),
                row.getUUID("link_id"),
                row.getString("src"),
                row.getBoolean("human"),
                row.getBoolean("credited"),
                row.getBoolean("barred"));
    }
}
