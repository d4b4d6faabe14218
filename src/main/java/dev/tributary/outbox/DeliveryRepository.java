package dev.tributary.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The delivery state in {@code outbox_delivery}. */
@ApplicationScoped
class DeliveryRepository {
    /** By id among what is open, never after a highest id seen: transactions commit out of the order of their ids. */
    private static final String DUE =
            """
            SELECT d.id, d.consumer, d.attempts, d.event_id, e.type, d.aggregate_id, e.payload
              FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id
             WHERE d.delivered_at IS NULL AND d.parked_at IS NULL AND d.next_attempt_at <= now()
               AND d.slot = ANY($1) AND d.consumer = ANY($2)
               AND NOT EXISTS (SELECT FROM outbox_delivery b
                                WHERE b.consumer = d.consumer AND b.aggregate_id = d.aggregate_id AND b.id < d.id
                                  AND b.delivered_at IS NULL
                                  AND (b.parked_at IS NOT NULL OR b.next_attempt_at > now()))
             ORDER BY d.id LIMIT $3
            """;
    /**
     * Waits for whoever is delivering one, then takes it only if it is still open and first in its line, or after others of
     * these in it.
     */
    private static final String CLAIM =
            """
            SELECT d.id FROM outbox_delivery d
             WHERE d.id = ANY($1::bigint[]) AND d.delivered_at IS NULL AND d.parked_at IS NULL AND d.next_attempt_at <= now()
               AND NOT EXISTS (SELECT FROM outbox_delivery b
                                WHERE b.consumer = d.consumer AND b.aggregate_id = d.aggregate_id AND b.id < d.id
                                  AND b.delivered_at IS NULL AND b.id <> ALL($1::bigint[]))
             ORDER BY d.id
               FOR UPDATE OF d
            """;

    private static final String DELIVERED =
            """
            UPDATE outbox_delivery SET delivered_at = now(), attempts = attempts + 1 WHERE id = ANY($1::bigint[])
            """;
    private static final String FAILED =
            """
            UPDATE outbox_delivery
               SET attempts = attempts + 1, last_error = $2,
                   next_attempt_at = now() + make_interval(secs => $3::float8),
                   parked_at = CASE WHEN $4 THEN now() END
             WHERE id = $1 AND delivered_at IS NULL AND attempts = $5
            """;

    Uni<List<Delivery>> due(SqlConnection c, Set<Integer> slots, Set<String> consumers, int limit) {
        Short[] owned = slots.stream().map(Integer::shortValue).toArray(Short[]::new);
        return c.preparedQuery(DUE)
                .execute(Tuple.of(owned, consumers.toArray(String[]::new), limit))
                .map(DeliveryRepository::read);
    }

    /** Those of them that could be claimed. */
    Uni<List<Delivery>> claim(SqlConnection tx, List<Delivery> deliveries) {
        return tx.preparedQuery(CLAIM).execute(ids(deliveries)).map(rows -> {
            Set<Long> claimed = StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getLong("id"))
                    .collect(Collectors.toSet());
            return deliveries.stream()
                    .filter(delivery -> claimed.contains(delivery.id()))
                    .toList();
        });
    }

    Uni<Void> delivered(SqlConnection tx, List<Delivery> deliveries) {
        return tx.preparedQuery(DELIVERED).execute(ids(deliveries)).replaceWithVoid();
    }

    private static Tuple ids(List<Delivery> deliveries) {
        return Tuple.of((Object) deliveries.stream().map(Delivery::id).toArray(Long[]::new));
    }

    /** A second relay that failed at the same attempt changes nothing more. */
    Uni<Void> failed(SqlConnection tx, Delivery delivery, String error) {
        int attempts = delivery.attempts() + 1;
        double pause = Backoff.after(attempts).toSeconds();
        return tx.preparedQuery(FAILED)
                .execute(Tuple.of(delivery.id(), error, pause, Backoff.parks(attempts), delivery.attempts()))
                .replaceWithVoid();
    }

    private static List<Delivery> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Delivery(
                        row.getLong("id"),
                        row.getString("consumer"),
                        new Event(
                                row.getUUID("event_id"),
                                row.getString("type"),
                                row.getUUID("aggregate_id"),
                                row.getJsonObject("payload")),
                        row.getInteger("attempts")))
                .toList();
    }
}
