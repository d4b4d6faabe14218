package dev.tributary.audit;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What is read of the table {@code audit_entry}. An entry's time is that of its id, so a time range is a range of ids. */
@ApplicationScoped
class AuditRepository {
    private static final String LIST =
            """
            SELECT id, at, actor_kind, actor_id, request_id, action, object_kind, object_id, before, after FROM audit_entry
             WHERE id < $1 AND ($3::uuid IS NULL OR id >= $3) AND ($4::uuid IS NULL OR id < $4)
               AND ($5::text IS NULL OR actor_id = $5) AND ($6::text IS NULL OR action = $6)
               AND ($7::uuid IS NULL OR object_id = $7)
             ORDER BY id DESC LIMIT $2
            """;

    private final Transactions transactions;

    AuditRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list of entries is narrowed to; null = not. */
    record Filter(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String actor,
            @Nullable String action,
            @Nullable UUID objectId) {}

    Uni<List<AuditEntry>> list(UUID before, int limit, Filter filter) {
        Tuple binds = Tuple.tuple(Arrays.asList(
                before, limit, floor(filter.from), floor(filter.to), filter.actor, filter.action, filter.objectId));
        return transactions.read(c -> c.preparedQuery(LIST).execute(binds)).map(AuditRepository::read);
    }

    private static @Nullable UUID floor(@Nullable Instant moment) {
        return moment == null ? null : Ids.floor(moment);
    }

    private static List<AuditEntry> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(AuditRepository::entry)
                .toList();
    }

    private static AuditEntry entry(Row row) {
        TypeId kind = TypeId.valueOf(row.getString("object_kind").toUpperCase(Locale.ROOT));
        return new AuditEntry(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor_kind"),
                row.getString("actor_id"),
                row.getString("request_id"),
                row.getString("action"),
                kind.format(row.getUUID("object_id")),
                map(row.getJsonObject("before")),
                map(row.getJsonObject("after")));
    }

    private static @Nullable Map<String, Object> map(@Nullable JsonObject object) {
        return object == null ? null : object.getMap();
    }
}
