package dev.tributary.analytics.live;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code live_ticket}. */
@ApplicationScoped
class TicketRepository {
    private static final String INSERT =
            """
            INSERT INTO live_ticket (hash, affiliate_id, key_id, ends_at, expires_at) VALUES ($1, $2, $3, $4, $5)
            """;
    /** Of several who show it at once the row lock lets one through, and the others find it gone. */
    private static final String TAKE =
            """
            DELETE FROM live_ticket WHERE hash = $1 AND expires_at > $2 RETURNING affiliate_id, key_id, ends_at
            """;

    private static final String COUNT = "SELECT count(*) FROM live_ticket WHERE expires_at < $1";
    private static final String FORGET =
            """
            DELETE FROM live_ticket WHERE hash IN (SELECT hash FROM live_ticket WHERE expires_at < $1 LIMIT $2)
            """;

    Uni<Void> insert(SqlConnection tx, byte[] hash, Holder holder, Instant expires) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(
                        Buffer.buffer(hash), holder.affiliateId(), holder.keyId(), at(holder.endsAt()), at(expires)))
                .replaceWithVoid();
    }

    Uni<Optional<Holder>> take(SqlConnection tx, byte[] hash, Instant now) {
        return tx.preparedQuery(TAKE)
                .execute(Tuple.of(Buffer.buffer(hash), at(now)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TicketRepository::holder)
                        .findFirst());
    }

    Uni<Long> count(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(rows -> rows.rowCount());
    }

    private static Holder holder(Row row) {
        OffsetDateTime ends = row.getOffsetDateTime("ends_at");
        return new Holder(row.getUUID("affiliate_id"), row.getUUID("key_id"), ends == null ? null : ends.toInstant());
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
