package dev.tributary.stripe;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code stripe_event}. */
@ApplicationScoped
class StripeEventRepository {
    /** A second delivery of the same event waits here for the first, and then finds it. */
    private static final String INSERT =
            """
            INSERT INTO stripe_event (id, owner_id, event_id, type, livemode, created_at, received_at, state, note, payload,
                   next_attempt_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', '', $8, $7)
            ON CONFLICT (owner_id, event_id) DO NOTHING
            """;

    private static final String SETTLE =
            """
            UPDATE stripe_event
               SET state = $2, note = $3, payload = CASE WHEN $2 = 'waiting' THEN payload END,
                   next_attempt_at = CASE WHEN $2 = 'waiting' THEN $4::timestamptz END, attempts = attempts + $5
             WHERE id = $1
            """;
    private static final String FIND =
            """
            SELECT state, note FROM stripe_event WHERE owner_id = $1 AND event_id = $2
            """;
    private static final String DUE =
            """
            SELECT id FROM stripe_event
             WHERE state = 'waiting' AND next_attempt_at <= $1 AND ($2::uuid IS NULL OR owner_id = $2)
             ORDER BY next_attempt_at LIMIT $3
            """;
    private static final String LOCK =
            """
            SELECT id, owner_id, received_at, payload FROM stripe_event
             WHERE id = $1 AND state = 'waiting' FOR UPDATE SKIP LOCKED
            """;
    private static final String LIST =
            """
            SELECT id, event_id, type, livemode, created_at, received_at, state, note, attempts, next_attempt_at
              FROM stripe_event WHERE owner_id = $1 AND id < $2 AND ($4::text IS NULL OR state = $4)
             ORDER BY id DESC LIMIT $3
            """;

    /** An event that waits, locked. */
    record Waiting(UUID id, StripeEvent event) {}

    /** Whether it is new: otherwise nothing changed. */
    Uni<Boolean> insert(SqlConnection tx, UUID id, StripeEvent event) {
        Tuple row = Tuple.tuple()
                .addUUID(id)
                .addUUID(event.ownerId())
                .addString(event.id())
                .addString(event.type())
                .addBoolean(event.livemode())
                .addOffsetDateTime(at(event.createdAt()))
                .addOffsetDateTime(at(event.receivedAt()))
                .addJsonObject(event.kept());
        return tx.preparedQuery(INSERT).execute(row).map(rows -> rows.rowCount() == 1);
    }

    /** @param attempted how many attempts this adds: 0 for the first, which the insert counted */
    Uni<Void> settle(SqlConnection tx, UUID id, StripeEffect effect, @Nullable Instant next, int attempted) {
        Tuple row = Tuple.of(id, effect.state().word(), effect.note(), next == null ? null : at(next), attempted);
        return tx.preparedQuery(SETTLE).execute(row).replaceWithVoid();
    }

    Uni<StripeEffect> find(SqlConnection tx, UUID owner, String eventId) {
        return tx.preparedQuery(FIND).execute(Tuple.of(owner, eventId)).map(rows -> {
            Row row = rows.iterator().next();
            return new StripeEffect(StripeEffect.State.of(row.getString("state")), row.getString("note"));
        });
    }

    /** Those that wait for another attempt by then, of one owner or of all, longest first. */
    Uni<List<UUID>> due(SqlConnection c, @Nullable UUID owner, Instant by, int limit) {
        return c.preparedQuery(DUE).execute(Tuple.of(at(by), owner, limit)).map(rows -> {
            List<UUID> ids = new ArrayList<>(rows.size());
            for (Row row : rows) ids.add(row.getUUID(0));
            return ids;
        });
    }

    /** Empty where it does not wait any more, or somebody else tries it now. */
    Uni<Optional<Waiting>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(waiting(rows.iterator().next())));
    }

    private static Waiting waiting(Row row) {
        JsonObject payload = (JsonObject) row.getValue("payload");
        StripeEvent event = StripeEvent.parse(
                        row.getUUID("owner_id"),
                        payload,
                        row.getOffsetDateTime("received_at").toInstant())
                .orElseThrow(() -> new IllegalStateException("A kept event cannot be read: " + row.getUUID("id")));
        return new Waiting(row.getUUID("id"), event);
    }

    Uni<List<StripeEventView.Entry>> list(SqlConnection c, UUID owner, UUID before, int limit, @Nullable String state) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(owner, before, limit, state))
                .map(rows -> {
                    List<StripeEventView.Entry> events = new ArrayList<>(rows.size());
                    for (Row row : rows) events.add(StripeEventView.read(row));
                    return events;
                });
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
