package dev.tributary.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tables {@code api_key} and {@code api_key_owner}. */
@ApplicationScoped
class ApiKeyRepository {
    /** Rows of one read of changes: some milliseconds. */
    static final int PAGE = 500;

    private static final String COLUMNS =
            """
            SELECT id, owner_kind, owner_id, name, hint, hash, scopes, created_at, expires_at, last_used_at, revoked_at,
                   disabled_at, version
              FROM api_key
            """;
    private static final String ADD_OWNER =
            """
            INSERT INTO api_key_owner (kind, id) VALUES ($1, $2) ON CONFLICT DO NOTHING
            """;
    private static final String LOCK_OWNER =
            """
            SELECT disabled_at FROM api_key_owner WHERE kind = $1 AND id = $2 FOR UPDATE
            """;
    private static final String DISABLE_OWNER =
            """
            UPDATE api_key_owner SET disabled_at = $3 WHERE kind = $1 AND id = $2
            """;
    private static final String COUNT_LIVE =
            """
            SELECT count(*) FROM api_key
             WHERE owner_kind = $1 AND owner_id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)
            """;
    private static final String INSERT =
            """
            INSERT INTO api_key (id, owner_kind, owner_id, name, hint, hash, scopes, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;
    /** Those that work, then those that no longer do; newest first. */
    private static final String LIST = COLUMNS
            + """
             WHERE owner_kind = $1 AND owner_id = $2
             ORDER BY (revoked_at IS NOT NULL OR expires_at <= $3), id DESC LIMIT $4
            """;

    private static final String LOCK = COLUMNS + " WHERE id = $3 AND owner_kind = $1 AND owner_id = $2 FOR UPDATE";

    private static final String REVOKE =
            """
            UPDATE api_key SET revoked_at = $2, version = nextval('change_version') WHERE id = $1
            """;
    private static final String ERASE =
            """
            UPDATE api_key
               SET name = 'erased', revoked_at = coalesce(revoked_at, $3), version = nextval('change_version')
             WHERE owner_kind = $1 AND owner_id = $2 AND (revoked_at IS NULL OR name <> 'erased')
            RETURNING id
            """;
    private static final String EXPIRE =
            """
            UPDATE api_key SET expires_at = $2, version = nextval('change_version') WHERE id = $1
            """;
    private static final String DISABLE =
            """
            UPDATE api_key SET disabled_at = $3, version = nextval('change_version')
             WHERE owner_kind = $1 AND owner_id = $2
            """;

    private static final String FIND = COLUMNS + " WHERE hash = $1";

    private static final String CHANGED = COLUMNS + " WHERE version > $1 ORDER BY version LIMIT $2";

    private static final String VERSION = "SELECT last_value FROM change_version";
    /** In one order and without waiting: two instances may write the same keys, and a key may just be revoked. */
    private static final String USED =
            """
            UPDATE api_key SET last_used_at = $2
             WHERE id IN (SELECT id FROM api_key
                           WHERE id = ANY($1) AND (last_used_at IS NULL OR last_used_at <= $3)
                           ORDER BY id FOR UPDATE SKIP LOCKED)
            """;

    private static final String COUNT_DEAD =
            """
            SELECT count(*) FROM api_key WHERE least(revoked_at, expires_at) < $1
            """;
    private static final String FORGET_DEAD =
            """
            DELETE FROM api_key WHERE id = ANY (ARRAY(
                   SELECT id FROM api_key WHERE least(revoked_at, expires_at) < $1 LIMIT $2))
            """;

    /** A key as it is now, for those who remember how it was. */
    record Changed(KeyHash hash, ApiKey key, long version) {}

    /** Since when all keys of the owner are switched off, if they are; others that ask wait until this transaction ends. */
    Uni<Optional<Instant>> lockOwner(SqlConnection tx, KeyOwner owner, UUID ownerId) {
        Tuple id = Tuple.of(owner.word(), ownerId);
        return tx.preparedQuery(ADD_OWNER)
                .execute(id)
                .chain(() -> tx.preparedQuery(LOCK_OWNER).execute(id))
                .map(rows -> Optional.ofNullable(instant(rows.iterator().next(), "disabled_at")));
    }

    /** Null = switched on. */
    Uni<Void> disable(SqlConnection tx, KeyOwner owner, UUID ownerId, @Nullable Instant since) {
        Tuple values = Tuple.tuple(Arrays.asList(owner.word(), ownerId, time(since)));
        return tx.preparedQuery(DISABLE_OWNER)
                .execute(values)
                .chain(() -> tx.preparedQuery(DISABLE).execute(values))
                .replaceWithVoid();
    }

    Uni<Long> countLive(SqlConnection tx, KeyOwner owner, UUID ownerId, Instant now) {
        return tx.preparedQuery(COUNT_LIVE)
                .execute(Tuple.of(owner.word(), ownerId, time(now)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Void> insert(SqlConnection tx, ApiKey key, byte[] hash) {
        Tuple row = Tuple.tuple(List.of(
                key.id(),
                key.owner().word(),
                key.ownerId(),
                key.name(),
                key.hint(),
                Buffer.buffer(hash),
                key.scopes().stream().sorted().toArray(String[]::new),
                key.createdAt().atOffset(ZoneOffset.UTC)));
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    Uni<List<ApiKey>> list(SqlConnection c, KeyOwner owner, UUID ownerId, Instant now, int atMost) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(owner.word(), ownerId, time(now), atMost))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ApiKeyRepository::read)
                        .toList());
    }

    Uni<Optional<ApiKey>> lock(SqlConnection tx, KeyOwner owner, UUID ownerId, UUID keyId) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(owner.word(), ownerId, keyId))
                .map(ApiKeyRepository::first);
    }

    Uni<Void> revoke(SqlConnection tx, UUID keyId, Instant now) {
        return tx.preparedQuery(REVOKE).execute(Tuple.of(keyId, time(now))).replaceWithVoid();
    }

    Uni<List<UUID>> erase(SqlConnection tx, KeyOwner owner, UUID ownerId, Instant now) {
        return tx.preparedQuery(ERASE)
                .execute(Tuple.of(owner.word(), ownerId, time(now)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .toList());
    }

    Uni<Void> expire(SqlConnection tx, UUID keyId, Instant at) {
        return tx.preparedQuery(EXPIRE).execute(Tuple.of(keyId, time(at))).replaceWithVoid();
    }

    Uni<Optional<ApiKey>> find(SqlConnection c, KeyHash hash) {
        return c.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(hash.bytes())))
                .map(ApiKeyRepository::first);
    }

    /** The next {@value #PAGE} rows with a version above this one, by version. */
    Uni<List<Changed>> changedSince(SqlConnection c, long version) {
        return c.preparedQuery(CHANGED).execute(Tuple.of(version, PAGE)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row ->
                        new Changed(new KeyHash(row.getBuffer("hash").getBytes()), read(row), row.getLong("version")))
                .toList());
    }

    /** The newest version given out; those of running transactions may still appear below it. */
    Uni<Long> version(SqlConnection c) {
        return c.query(VERSION).execute().map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Void> used(SqlConnection tx, UUID[] ids, Instant now) {
        return tx.preparedQuery(USED)
                .execute(Tuple.of(ids, time(now), time(now.minus(KnownKey.USE_WRITTEN_EVERY))))
                .replaceWithVoid();
    }

    Uni<Long> countDead(SqlConnection c, OffsetDateTime before) {
        return c.preparedQuery(COUNT_DEAD)
                .execute(Tuple.of(before))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Integer> forgetDead(SqlConnection tx, OffsetDateTime before, int atMost) {
        return tx.preparedQuery(FORGET_DEAD).execute(Tuple.of(before, atMost)).map(RowSet::rowCount);
    }

    private static Optional<ApiKey> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(read(rows.iterator().next()));
    }

    static ApiKey read(Row row) {
        return new ApiKey(
                row.getUUID("id"),
                KeyOwner.ofWord(row.getString("owner_kind")),
                row.getUUID("owner_id"),
                row.getString("name"),
                row.getString("hint"),
                Set.of(row.getArrayOfStrings("scopes")),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"),
                instant(row, "revoked_at"),
                instant(row, "disabled_at"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
