package dev.tributary.audit;

import dev.tributary.access.Caller;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The record of changes: an entry exists exactly when the change it tells of was committed. */
@ApplicationScoped
public class Audit {
    private static final String INSERT =
            """
            INSERT INTO audit_entry (id, actor_kind, actor_id, request_id, action, object_kind, object_id, before, after)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    private static final String INSERT_MANY =
            """
            INSERT INTO audit_entry (id, actor_kind, actor_id, request_id, action, object_kind, object_id, before, after)
            SELECT id, $2, $3, $4, action, object_kind, object_id, before, after
              FROM jsonb_to_recordset($1) AS n (id uuid, action text, object_kind text, object_id uuid, before jsonb,
                   after jsonb)
            """;

    private static final String ENTRIES =
            """
            SELECT id, at, action, object_kind, object_id FROM audit_entry
             WHERE id < $3 AND (object_id = $1 OR (actor_kind = 'user' AND actor_id = $2))
             ORDER BY id DESC LIMIT $4
            """;
    private static final String BLANK =
            """
            UPDATE audit_entry
               SET before = CASE WHEN before IS NULL THEN NULL ELSE '{"erased": true}'::jsonb END,
                   after = CASE WHEN after IS NULL THEN NULL ELSE '{"erased": true}'::jsonb END
             WHERE object_id = ANY ($1)
               AND (before <> '{"erased": true}'::jsonb OR after <> '{"erased": true}'::jsonb)
            """;
    private static final String FORGET_ACTOR =
            """
            UPDATE audit_entry SET actor_id = 'erased' WHERE actor_kind = 'user' AND actor_id = $1
            """;

    private final Caller caller;
    private final Ids ids;

    Audit(Caller caller, Ids ids) {
        this.caller = caller;
        this.ids = ids;
    }

    /**
     * Writes one entry in the caller's transaction.
     *
     * @param action a stable word such as {@code affiliate.update}
     * @param before the object before the change, null when it is new; personal and secret fields are blanked here
     * @param after the object after the change, null when it is gone
     */
    public Uni<Void> record(
            SqlConnection tx,
            String action,
            TypeId kind,
            UUID objectId,
            @Nullable JsonObject before,
            @Nullable JsonObject after) {
        Tuple row = Tuple.tuple(Arrays.asList(
                ids.next(),
                caller.kind(),
                caller.id(),
                caller.requestId(),
                action,
                Change.noun(kind),
                objectId,
                before == null ? null : Redaction.of(kind, before, null),
                after == null ? null : Redaction.of(kind, after, before)));
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    /** What one of many entries says, as {@link #record} takes it. */
    public record Note(
            String action, TypeId kind, UUID objectId, @Nullable JsonObject before, @Nullable JsonObject after) {}

    /** Writes many entries in the caller's transaction, by one statement: at most a thousand. */
    public Uni<Void> record(SqlConnection tx, List<Note> notes) {
        if (notes.isEmpty()) return Uni.createFrom().voidItem();
        JsonArray rows = new JsonArray();
        for (Note note : notes)
            rows.add(new JsonObject()
                    .put("id", ids.next().toString())
                    .put("action", note.action())
                    .put("object_kind", Change.noun(note.kind()))
                    .put("object_id", note.objectId().toString())
                    .put("before", note.before() == null ? null : Redaction.of(note.kind(), note.before(), null))
                    .put(
                            "after",
                            note.after() == null ? null : Redaction.of(note.kind(), note.after(), note.before())));
        return tx.preparedQuery(INSERT_MANY)
                .execute(Tuple.of(rows, caller.kind(), caller.id(), caller.requestId()))
                .replaceWithVoid();
    }

    /** When something was done, what, and to what. */
    public record Entry(UUID id, Instant at, String action, String objectId) {}

    /**
     * What is on record of one object or was done by one account: at most so many before an id, newest first.
     *
     * @param subject of the account, or empty for none
     */
    public Uni<List<Entry>> entries(SqlConnection c, UUID objectId, String subject, UUID before, int limit) {
        return c.preparedQuery(ENTRIES)
                .execute(Tuple.of(objectId, subject, before, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Audit::entry)
                        .toList());
    }

    private static Entry entry(Row row) {
        TypeId kind = TypeId.valueOf(row.getString("object_kind").toUpperCase(Locale.ROOT));
        return new Entry(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("action"),
                kind.format(row.getUUID("object_id")));
    }

    /** Takes everything but the bare fact from the entries of these objects, when a person is erased; answers how many. */
    public Uni<Integer> blank(SqlConnection tx, List<UUID> objectIds) {
        return tx.preparedQuery(BLANK)
                .execute(Tuple.of(objectIds.toArray(UUID[]::new)))
                .map(rows -> rows.rowCount());
    }

    /** Takes an account out of the entries of what it did, when its person is erased; answers how many. */
    public Uni<Integer> forgetActor(SqlConnection tx, String subject) {
        return tx.preparedQuery(FORGET_ACTOR).execute(Tuple.of(subject)).map(rows -> rows.rowCount());
    }
}
