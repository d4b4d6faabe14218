package dev.tributary.payout.method;

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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code payout_method}. */
@ApplicationScoped
class PayoutMethodRepository {
    private static final String COLUMNS =
            """
            id, affiliate_id, rail, currency, state, hint, note, chosen_by, created_at, confirm_until, confirmed_by,
            confirmed_at, changed_at, blocked_at, block_reason, destination IS NOT NULL AS known
            """;
    private static final String FIND = "SELECT " + COLUMNS + " FROM payout_method WHERE id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String LIST = "SELECT " + COLUMNS
            + """
              FROM payout_method
             WHERE affiliate_id = $1 AND id < $2 AND ($4 OR state <> 'removed') ORDER BY id DESC LIMIT $3
            """;
    private static final String BY_HASH = "SELECT " + COLUMNS
            + """
              FROM payout_method
             WHERE rail = $1 AND destination_hash = $2 AND state IN ('pending', 'active', 'inactive')
             ORDER BY id LIMIT $3 FOR UPDATE
            """;
    private static final String INSERT =
            """
            INSERT INTO payout_method (id, affiliate_id, rail, currency, state, hint, details, key_id, chosen_by, created_at,
                                       confirm_until, confirmed_by, confirmed_at, changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """;
    private static final String RECENT =
            """
            SELECT count(*) FILTER (WHERE created_at > $2) AS recent,
                   bool_or(destination_hash IS NOT NULL AND state <> 'denied') AS had
              FROM payout_method WHERE affiliate_id = $1
            """;
    private static final String CONFIRM =
            """
            UPDATE payout_method
               SET state = 'pending', confirm_until = NULL, confirmed_by = $2, confirmed_at = $3, changed_at = $3
             WHERE id = $1
            """;
    private static final String KNOWN =
            """
            UPDATE payout_method
               SET state = $2, note = $3, destination = $4, destination_hash = $5, checked_at = $6
             WHERE id = $1
            """;
    private static final String CHECKED = "UPDATE payout_method SET checked_at = $2 WHERE id = $1";
    private static final String DENY =
            "UPDATE payout_method SET state = 'denied', note = $2, checked_at = $3 WHERE id = $1";
    private static final String REMOVE =
            """
            UPDATE payout_method
               SET state = 'removed', removed_at = $2, confirm_until = NULL, details = NULL, destination = NULL
             WHERE id = ANY ($1) AND state <> 'removed'
            """;
    private static final String FORGET =
            """
            UPDATE payout_method SET hint = '', note = '', chosen_by = 'erased',
                   destination_hash = CASE WHEN blocked_at IS NULL THEN NULL ELSE destination_hash END,
                   confirmed_by = CASE WHEN confirmed_by IS NULL THEN NULL ELSE 'erased' END
             WHERE affiliate_id = $1 AND chosen_by <> 'erased'
            """;
    private static final String OTHERS =
            """
            SELECT id FROM payout_method
             WHERE affiliate_id = $1 AND currency = $2 AND id <> $3
               AND (state IN ('pending_confirmation', 'pending') OR $4 AND state IN ('active', 'inactive'))
             ORDER BY id FOR UPDATE
            """;
    private static final String BLOCK =
            """
            UPDATE payout_method SET blocked_at = $2, blocked_by = $3, block_reason = $4 WHERE id = $1
            """;
    private static final String TWINS =
            """
            SELECT m.id, count(DISTINCT t.affiliate_id) FILTER (WHERE t.affiliate_id <> m.affiliate_id) AS others
              FROM payout_method m
              JOIN payout_method t ON t.rail = m.rail AND t.destination_hash = m.destination_hash
             WHERE m.id = ANY ($1) GROUP BY m.id
            """;
    private static final String BLOCKED =
            """
            SELECT EXISTS (SELECT FROM payout_method
                            WHERE rail = $1 AND destination_hash = $2 AND blocked_at IS NOT NULL) AS blocked
            """;
    private static final String WAYS =
            """
            SELECT DISTINCT ON (affiliate_id) affiliate_id, id, rail, currency, changed_at,
                   coalesce(confirmed_by, chosen_by) AS chosen_by,
                   state = 'active' AND blocked_at IS NULL AS ready
              FROM payout_method
             WHERE affiliate_id = ANY ($1) AND state IN ('active', 'inactive', 'pending')
             ORDER BY affiliate_id, currency = $2 DESC, state <> 'pending' DESC, id DESC
            """;
    private static final String SEALED =
            """
            SELECT id, destination FROM payout_method
             WHERE id = ANY ($1) AND state = 'active' AND blocked_at IS NULL
            """;
    private static final String SECRETS = "SELECT details, destination FROM payout_method WHERE id = $1";

    /** Who waits longer is asked less often: from every five minutes to a tenth of the time waited. */
    private static final String WAITING =
            """
            SELECT id FROM payout_method
             WHERE state = 'pending' AND id > $1
               AND (checked_at IS NULL OR checked_at < $2 - greatest(interval '5 minutes', ($2 - confirmed_at) / 10))
             ORDER BY id LIMIT $3
            """;

    private static final String OUTDATED =
            """
            SELECT id FROM payout_method WHERE state = 'pending_confirmation' AND confirm_until < $1
             ORDER BY confirm_until LIMIT $2 FOR UPDATE SKIP LOCKED
            """;

    /** @param sealed details, which the provider is told */
    Uni<Void> insert(SqlConnection tx, PayoutMethod m, byte[] sealed, String keyId) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.tuple(Arrays.asList(
                        m.id(),
                        m.affiliateId(),
                        m.rail(),
                        m.currency(),
                        m.state().word(),
                        m.hint(),
                        Buffer.buffer(sealed),
                        keyId,
                        m.chosenBy(),
                        at(m.createdAt()),
                        at(m.confirmUntil()),
                        m.confirmedBy(),
                        at(m.confirmedAt()),
                        at(m.changedAt()))))
                .replaceWithVoid();
    }

    Uni<Optional<PayoutMethod>> find(SqlConnection c, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id)).map(PayoutMethodRepository::first);
    }

    Uni<Optional<PayoutMethod>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(PayoutMethodRepository::first);
    }

    /** Newest first. */
    Uni<List<PayoutMethod>> list(SqlConnection c, UUID affiliateId, UUID before, int limit, boolean removedToo) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(affiliateId, before, limit, removedToo))
                .map(PayoutMethodRepository::read);
    }

    /** Those that go there, locked, in the order of their ids. */
    Uni<List<PayoutMethod>> byHash(SqlConnection tx, String rail, byte[] hash, int limit) {
        return tx.preparedQuery(BY_HASH)
                .execute(Tuple.of(rail, Buffer.buffer(hash), limit))
                .map(PayoutMethodRepository::read);
    }

    /** @param had whether money could ever go somewhere */
    record Past(long recent, boolean had) {}

    Uni<Past> past(SqlConnection tx, UUID affiliateId, Instant since) {
        return tx.preparedQuery(RECENT)
                .execute(Tuple.of(affiliateId, at(since)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Past(row.getLong("recent"), Boolean.TRUE.equals(row.getBoolean("had")));
                });
    }

    Uni<Void> confirm(SqlConnection tx, UUID id, String by, Instant now) {
        return tx.preparedQuery(CONFIRM).execute(Tuple.of(id, by, at(now))).replaceWithVoid();
    }

    /**
     * Notes what the provider said. The row keeps the name of the key that it was made under, though the destination may be sealed
     * by a later one: whoever wraps anew finds it by the oldest.
     */
    Uni<Void> know(SqlConnection tx, UUID id, MethodState state, String note, Known known, Instant now) {
        return tx.preparedQuery(KNOWN)
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        state.word(),
                        note,
                        Buffer.buffer(known.destination()),
                        Buffer.buffer(known.hash()),
                        at(now))))
                .replaceWithVoid();
    }

    /** A destination as it is kept. */
    record Known(byte[] destination, byte[] hash) {}

    Uni<Void> checked(SqlConnection tx, UUID id, Instant now) {
        return tx.preparedQuery(CHECKED).execute(Tuple.of(id, at(now))).replaceWithVoid();
    }

    Uni<Void> deny(SqlConnection tx, UUID id, String note, Instant now) {
        return tx.preparedQuery(DENY).execute(Tuple.of(id, note, at(now))).replaceWithVoid();
    }

    /** Takes them out of use and their secrets away; answers how many. */
    Uni<Integer> remove(SqlConnection tx, Collection<UUID> ids, Instant now) {
        if (ids.isEmpty()) return Uni.createFrom().item(0);
        return tx.preparedQuery(REMOVE)
                .execute(Tuple.of(ids.toArray(UUID[]::new), at(now)))
                .map(rows -> rows.rowCount());
    }

    /** Takes away what tells whose they were, once; answers how many. */
    Uni<Integer> forget(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(FORGET).execute(Tuple.of(affiliateId)).map(rows -> rows.rowCount());
    }

    /** Those that another makes superfluous, locked: what waits, and where it comes into force also what was. */
    Uni<List<UUID>> others(SqlConnection tx, PayoutMethod next, boolean inForceToo) {
        return tx.preparedQuery(OTHERS)
                .execute(Tuple.of(next.affiliateId(), next.currency(), next.id(), inForceToo))
                .map(PayoutMethodRepository::ids);
    }

    /** @param by null lets it go again */
    Uni<Void> block(SqlConnection tx, UUID id, @Nullable Instant at, @Nullable String by, @Nullable String reason) {
        return tx.preparedQuery(BLOCK)
                .execute(Tuple.tuple(Arrays.asList(id, at(at), by, reason)))
                .replaceWithVoid();
    }

    Uni<Boolean> isBlocked(SqlConnection c, String rail, byte[] hash) {
        return c.preparedQuery(BLOCKED)
                .execute(Tuple.of(rail, Buffer.buffer(hash)))
                .map(rows -> rows.iterator().next().getBoolean("blocked"));
    }

    /** How many other affiliates have each destination. */
    Uni<Map<UUID, Long>> others(SqlConnection c, Collection<UUID> ids) {
        return c.preparedQuery(TWINS)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Long> others = new HashMap<>();
                    for (Row row : rows) others.put(row.getUUID("id"), row.getLong("others"));
                    return others;
                });
    }

    Uni<Map<UUID, Way>> ways(SqlConnection c, Collection<UUID> affiliateIds, String currency) {
        return c.preparedQuery(WAYS)
                .execute(Tuple.of(affiliateIds.toArray(UUID[]::new), currency))
                .map(rows -> {
                    Map<UUID, Way> ways = new HashMap<>();
                    for (Row row : rows) ways.put(row.getUUID("affiliate_id"), way(row));
                    return ways;
                });
    }

    private static Way way(Row row) {
        return new Way(
                row.getUUID("id"),
                row.getString("rail"),
                row.getBoolean("ready"),
                row.getString("currency"),
                Optional.ofNullable(instant(row, "changed_at")),
                row.getString("chosen_by"));
    }

    Uni<Map<UUID, byte[]>> sealed(SqlConnection c, Collection<UUID> ids) {
        return c.preparedQuery(SEALED)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, byte[]> sealed = new HashMap<>();
                    for (Row row : rows)
                        sealed.put(
                                row.getUUID("id"), row.getBuffer("destination").getBytes());
                    return sealed;
                });
    }

    /** What is sealed of a method, each null where it is not there. */
    record Secrets(byte @Nullable [] details, byte @Nullable [] destination) {}

    Uni<Secrets> secrets(SqlConnection c, UUID id) {
        return c.preparedQuery(SECRETS).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) return new Secrets(null, null);
            Row row = rows.iterator().next();
            return new Secrets(bytes(row.getBuffer("details")), bytes(row.getBuffer("destination")));
        });
    }

    private static byte @Nullable [] bytes(io.vertx.mutiny.core.buffer.@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.getBytes();
    }

    /** Of which the provider is to be asked now. */
    Uni<List<UUID>> waiting(SqlConnection c, UUID after, Instant now, int limit) {
        return c.preparedQuery(WAITING).execute(Tuple.of(after, at(now), limit)).map(PayoutMethodRepository::ids);
    }

    /** Those that nobody confirmed in time, locked. */
    Uni<List<UUID>> outdated(SqlConnection tx, Instant now, int limit) {
        return tx.preparedQuery(OUTDATED).execute(Tuple.of(at(now), limit)).map(PayoutMethodRepository::ids);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList();
    }

    private static Optional<PayoutMethod> first(RowSet<Row> rows) {
        return read(rows).stream().findFirst();
    }

    private static List<PayoutMethod> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(PayoutMethodRepository::read)
                .toList();
    }

    private static PayoutMethod read(Row row) {
        return new PayoutMethod(
                row.getUUID("id"),
                row.getUUID("affiliate_id"),
                row.getString("rail"),
                row.getString("currency"),
                MethodState.of(row.getString("state")),
                row.getString("hint"),
                row.getString("note"),
                row.getString("chosen_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row, "confirm_until"),
                row.getString("confirmed_by"),
                instant(row, "confirmed_at"),
                instant(row, "changed_at"),
                instant(row, "blocked_at"),
                row.getString("block_reason"),
                row.getBoolean("known"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
