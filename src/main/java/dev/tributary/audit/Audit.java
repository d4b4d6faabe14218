package dev.tributary.audit;

import dev.tributary.access.Caller;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The record of changes: an entry exists exactly when the change it tells of was committed. */
@ApplicationScoped
public class Audit {
    private static final String INSERT =
            """
            INSERT INTO audit_entry (id, actor_kind, actor_id, request_id, action, object_kind, object_id, before, after)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
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
}
