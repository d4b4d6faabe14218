package dev.tributary.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The door through which rooms tell of changes. */
@ApplicationScoped
public class Outbox {
    private static final String INSERT_EVENT =
            """
            INSERT INTO outbox_event (id, type, aggregate_id, payload) VALUES ($1, $2, $3, $4)
            """;
    private static final String INSERT_DELIVERIES =
            """
            INSERT INTO outbox_delivery (event_id, consumer, aggregate_id, slot)
            SELECT $1, consumer, $2, $3 FROM unnest($4::text[]) AS consumer
            """;

    private static final String INSERT_EVENTS =
            """
            INSERT INTO outbox_event (id, type, aggregate_id, payload)
            SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::uuid[]), unnest($4::jsonb[])
            """;
    private static final String INSERT_MANY_DELIVERIES =
            """
            INSERT INTO outbox_delivery (event_id, consumer, aggregate_id, slot)
            SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::uuid[]), unnest($4::smallint[])
            """;

    private static final String FORGET =
            """
            WITH old AS (
              SELECT e.id FROM outbox_event e
               WHERE e.created_at < $1
                 AND NOT EXISTS (SELECT FROM outbox_delivery d WHERE d.event_id = e.id AND d.delivered_at IS NULL)
               LIMIT $2)
            DELETE FROM outbox_event WHERE id IN (SELECT id FROM old)
            """;

    private static final String COUNT =
            """
            SELECT count(*) FROM outbox_event e
             WHERE e.created_at < $1
               AND NOT EXISTS (SELECT FROM outbox_delivery d WHERE d.event_id = e.id AND d.delivered_at IS NULL)
            """;

    private final Instance<EventHandler> handlers;
    private final Nudge nudge;

    Outbox(Instance<EventHandler> handlers, Nudge nudge) {
        this.handlers = handlers;
        this.nudge = nudge;
    }

    /**
     * Appends the event in the caller's transaction, which must already hold the aggregate's row lock: the delivery ids
     * drawn here then follow the order of commits. Rolled back with the rest.
     */
    public Uni<Void> append(SqlConnection tx, Event event) {
        nudge.after(tx);
        String[] consumers = consumers(event.type()).toArray(String[]::new);
        return tx.preparedQuery(INSERT_EVENT)
                .execute(Tuple.of(event.id(), event.type(), event.aggregateId(), event.payload()))
                .chain(() -> tx.preparedQuery(INSERT_DELIVERIES)
                        .execute(Tuple.of(
                                event.id(), event.aggregateId(), (short) Slots.of(event.aggregateId()), consumers)))
                .replaceWithVoid();
    }

    /** The same of many events, at most a thousand, by two statements in all. */
    public Uni<Void> append(SqlConnection tx, List<Event> events) {
        if (events.isEmpty()) return Uni.createFrom().voidItem();
        nudge.after(tx);
        return tx.preparedQuery(INSERT_EVENTS)
                .execute(Tuple.of(
                        column(events, Event::id, UUID[]::new),
                        column(events, Event::type, String[]::new),
                        column(events, Event::aggregateId, UUID[]::new),
                        column(events, Event::payload, JsonObject[]::new)))
                .chain(() -> deliver(tx, events));
    }

    private Uni<Void> deliver(SqlConnection tx, List<Event> events) {
        Map<String, List<String>> consumers = new HashMap<>();
        List<Event> told = new ArrayList<>();
        List<String> to = new ArrayList<>();
        for (Event event : events) {
            for (String consumer : consumers.computeIfAbsent(event.type(), this::consumers)) {
                told.add(event);
                to.add(consumer);
            }
        }
        if (told.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(INSERT_MANY_DELIVERIES)
                .execute(Tuple.of(
                        column(told, Event::id, UUID[]::new),
                        to.toArray(String[]::new),
                        column(told, Event::aggregateId, UUID[]::new),
                        column(told, event -> (short) Slots.of(event.aggregateId()), Short[]::new)))
                .replaceWithVoid();
    }

    private static <T> T[] column(List<Event> events, Function<Event, T> value, IntFunction<T[]> array) {
        return events.stream().map(value).toArray(array);
    }

    /** Those who handle events of the type, in one order. */
    private List<String> consumers(String type) {
        return handlers.stream()
                .filter(handler -> handler.types().contains(type))
                .map(EventHandler::consumer)
                .sorted()
                .toList();
    }

    /** Forgets events made before a moment that every consumer has had, at most so many at once; answers how many. */
    public Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(rows -> rows.rowCount());
    }

    /** How many {@link #forget} would forget in the end. */
    public Uni<Long> countForgettable(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
