package dev.tributary.analytics.live;

import dev.tributary.id.TypeId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commissions as they are now. What is told is always this and never what an event says: of two events the later may be read
 * first, and the last that a client hears must be true.
 */
@ApplicationScoped
class ChangedQueries {
    private static final String SOME =
            """
            SELECT id, program_id, status, amount_minor, currency, source_kind, conversion_id, earned_at
              FROM commission WHERE id = ANY ($1::uuid[])
            """;

    /** One commission, as far as a stream tells it. */
    record Changed(
            UUID id,
            String programId,
            String status,
            long amountMinor,
            String currency,
            String source,
            @Nullable String conversionId,
            Instant earnedAt) {}

    Uni<Map<UUID, Changed>> some(SqlConnection c, Collection<UUID> ids) {
        Map<UUID, Changed> found = new HashMap<>();
        if (ids.isEmpty()) return Uni.createFrom().item(found);
        return c.preparedQuery(SOME)
                .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
                .map(rows -> {
                    rows.forEach(row -> found.put(row.getUUID("id"), read(row)));
                    return found;
                });
    }

    private static Changed read(Row row) {
        UUID conversion = row.getUUID("conversion_id");
        return new Changed(
                row.getUUID("id"),
                TypeId.PROGRAM.format(row.getUUID("program_id")),
                row.getString("status"),
                row.getLong("amount_minor"),
                row.getString("currency"),
                row.getString("source_kind"),
                conversion == null ? null : TypeId.CONVERSION.format(conversion),
                row.getOffsetDateTime("earned_at").toInstant());
    }
}
