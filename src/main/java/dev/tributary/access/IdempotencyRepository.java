package dev.tributary.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/** The table {@code idempotency_record} and the lock of one key. */
@ApplicationScoped
class IdempotencyRepository {
    /** Two keys with one 64-bit hash would only answer 409 while both are in flight. */
    private static final String LOCK =
            """
            SELECT pg_try_advisory_xact_lock(hashtextextended($1 || chr(10) || $2, 4093)) AS locked
            """;
    /** A statement of its own after the lock: its snapshot then sees what the lock's last holder committed. */
    private static final String FIND =
            """
            SELECT request_hash, status, location, body FROM idempotency_record
             WHERE owner = $1 AND key = $2
            """;

    private static final String INSERT =
            """
            INSERT INTO idempotency_record (owner, key, request_hash, status, location, body)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String COUNT_OLDER =
            """
            SELECT count(*) FROM idempotency_record WHERE created_at < $1
            """;
    private static final String FORGET =
            """
            DELETE FROM idempotency_record WHERE ctid = ANY (ARRAY(
                   SELECT ctid FROM idempotency_record WHERE created_at < $1 LIMIT $2))
            """;

    Uni<Long> countOlder(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT_OLDER)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Integer> forget(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(before, atMost)).map(RowSet::rowCount);
    }

    Uni<Boolean> lock(SqlConnection tx, StoredAnswer.Key id) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(id.owner(), id.key()))
                .map(rows -> rows.iterator().next().getBoolean("locked"));
    }

    Uni<Optional<StoredAnswer>> find(SqlConnection tx, StoredAnswer.Key id) {
        return tx.preparedQuery(FIND).execute(Tuple.of(id.owner(), id.key())).map(IdempotencyRepository::first);
    }

    Uni<Void> insert(SqlConnection tx, StoredAnswer.Key id, StoredAnswer answer) {
        Tuple row = Tuple.tuple(Arrays.asList(
                id.owner(),
                id.key(),
                Buffer.buffer(answer.requestHash()),
                answer.status(),
                answer.location(),
                answer.body()));
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    private static Optional<StoredAnswer> first(RowSet<Row> rows) {
        if (rows.size() == 0) return Optional.empty();
        Row row = rows.iterator().next();
        return Optional.of(new StoredAnswer(
                row.getBuffer("request_hash").getBytes(),
                row.getInteger("status"),
                row.getString("location"),
                row.getString("body")));
    }
}
