package dev.tributary.commission;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code commission_failure}: a conversion that cannot be computed must not keep those behind it waiting. */
@ApplicationScoped
class FailureRepository {
    private static final int LONGEST = 500;
    private static final String WRITE =
            """
            INSERT INTO commission_failure (conversion_id, message, failed_at)
            SELECT id, message, $3 FROM unnest($1::uuid[], $2::text[]) AS f (id, message)
            ON CONFLICT (conversion_id) DO UPDATE SET message = excluded.message, failed_at = excluded.failed_at
            """;
    private static final String CLEAR = "DELETE FROM commission_failure WHERE conversion_id = ANY ($1::uuid[])";
    private static final String ANY = "SELECT EXISTS (SELECT FROM commission_failure)";
    private static final String AGAIN =
            """
            SELECT conversion_id FROM commission_failure WHERE failed_at < $1 ORDER BY failed_at LIMIT $2
            """;

    /** What of these failed is kept, and what succeeded is forgotten. */
    Uni<Void> replace(SqlConnection tx, List<UUID> computed, Map<UUID, String> failed, Instant now) {
        return tx.query(ANY)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0))
                .chain(any -> any
                        ? tx.preparedQuery(CLEAR)
                                .execute(Tuple.of(computed.toArray(UUID[]::new)))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .chain(() -> failed.isEmpty() ? Uni.createFrom().voidItem() : write(tx, failed, now));
    }

    private static Uni<Void> write(SqlConnection tx, Map<UUID, String> failed, Instant now) {
        Collection<String> messages = failed.values().stream()
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST)))
                .toList();
        return tx.preparedQuery(WRITE)
                .execute(Tuple.of(
                        failed.keySet().toArray(UUID[]::new),
                        messages.toArray(String[]::new),
                        now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Conversions that failed before a moment, the longest ago first. */
    Uni<List<UUID>> before(SqlConnection c, Instant moment, int limit) {
        return c.preparedQuery(AGAIN)
                .execute(Tuple.of(moment.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> java.util.stream.StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .toList());
    }
}
