package dev.tributary.payout;

import dev.tributary.payout.rail.Transfer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables {@code payout} and {@code payout_transfer}, written by the batch: one JSON object a row. */
@ApplicationScoped
class PayoutRepository {
    private static final String COLUMNS =
            """
            SELECT id, run_id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor, fee_minor,
                   withheld_minor, currency, state, hold, reason, people, approval_reasons, requested_by, key, destination,
                   body, wrapped, attempts, first_at, send_not_after, attempt_open, doubtful, spent, absences, absent_at,
                   not_before, ask, ordered, settled_minor, returned_minor, overpaid_minor, corrections,
                   created_at
              FROM payout
            """;
    private static final String FIND = COLUMNS + " WHERE id = ANY ($1::uuid[]) ORDER BY id";
    private static final String LOCK = FIND + " FOR NO KEY UPDATE";
    private static final String LOCK_DUE = COLUMNS
            + """
             WHERE rail = $2 AND next_at <= $1 ORDER BY next_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
            """;

    private static final String TRANSFERS =
            """
            SELECT payout_id, transfer_id, status, moved_minor, currency, reversed_minor, code, as_of
              FROM payout_transfer WHERE payout_id = ANY ($1::uuid[]) ORDER BY rail, transfer_id
            """;
    private static final String OF_TRANSFER =
            """
            SELECT payout_id FROM payout_transfer WHERE rail = $1 AND transfer_id = $2
            """;

    private static final String INSERT =
            """
            INSERT INTO payout (id, run_id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor,
                                fee_minor, withheld_minor, currency, minimum_minor, paper, state, people, approval_reasons,
                                requested_by, next_kind, next_at, created_at, approved_at, updated_at)
            SELECT id, run_id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor, fee_minor,
                   withheld_minor, currency, minimum_minor, paper, state, people, approval_reasons, requested_by, next_kind,
                   next_at, at, CASE state WHEN 'approved' THEN at END, at
              FROM jsonb_to_recordset($1) AS n (id uuid, run_id uuid, kind text, program_id uuid, enrollment_id uuid,
                   affiliate_id uuid, rail text, method_id uuid, gross_minor bigint, fee_minor bigint, withheld_minor bigint,
                   currency text, minimum_minor bigint, paper text, state text, people smallint, approval_reasons text[],
                   requested_by text, next_kind text, next_at timestamptz, at timestamptz)
             ORDER BY id
            """;

    private static final String UPDATE =
            """
            UPDATE payout p
               SET state = n.state, hold = n.hold, reason = n.reason, rail = n.rail, method_id = n.method_id, key = n.key,
                   destination = decode(n.destination, 'hex'), body = decode(n.body, 'hex'),
                   wrapped = coalesce(n.wrapped, false),
                   attempts = coalesce(n.attempts, p.attempts), first_at = coalesce(n.first_at, p.first_at),
                   send_not_after = coalesce(n.send_not_after, p.send_not_after),
                   attempt_open = coalesce(n.attempt_open, false), doubtful = coalesce(n.doubtful, p.doubtful),
                   spent = coalesce(n.spent, p.spent), absences = coalesce(n.absences, p.absences),
                   absent_at = CASE WHEN n.attempts IS NULL THEN p.absent_at ELSE n.absent_at END,
                   not_before = coalesce(n.not_before, p.not_before), ask = n.ask,
                   ordered = coalesce(n.ordered, false),
                   next_kind = n.next_kind, next_at = n.next_at, settled_minor = n.settled_minor,
                   returned_minor = n.returned_minor, overpaid_minor = n.overpaid_minor, corrections = n.corrections,
                   approved_at = CASE WHEN n.state = 'approved' THEN coalesce(p.approved_at, $2) ELSE p.approved_at END,
                   submitted_at = CASE WHEN n.key IS NOT NULL THEN coalesce(p.submitted_at, $2) END,
                   paid_at = CASE WHEN n.state IN ('paid', 'returned') THEN coalesce(p.paid_at, $2) END,
                   ended_at = CASE WHEN n.next_kind <> 'nothing' THEN NULL
                                   WHEN n.state = p.state THEN p.ended_at ELSE $2 END,
                   updated_at = $2
              FROM jsonb_to_recordset($1) AS n (id uuid, state text, hold text, reason text, rail text, method_id uuid,
                   key text, destination text, body text, wrapped boolean, attempts integer, first_at timestamptz,
                   send_not_after timestamptz, attempt_open boolean, doubtful boolean, spent boolean, absences integer,
                   absent_at timestamptz, not_before timestamptz, ask text, ordered boolean, next_kind text, next_at timestamptz,
                   settled_minor bigint, returned_minor bigint, overpaid_minor bigint, corrections integer)
             WHERE p.id = n.id
            """;

    /** What belongs to another payout is left out, which shows in the count. */
    private static final String UPSERT_TRANSFERS =
            """
            INSERT INTO payout_transfer AS t (rail, transfer_id, payout_id, status, moved_minor, currency, reversed_minor,
                                              code, as_of)
            SELECT rail, transfer_id, payout_id, status, moved_minor, currency, reversed_minor, left(code, 255), as_of
              FROM jsonb_to_recordset($1) AS n (rail text, transfer_id text, payout_id uuid, status text, moved_minor bigint,
                   currency text, reversed_minor bigint, code text, as_of timestamptz)
             ORDER BY rail, transfer_id
            ON CONFLICT (rail, transfer_id) DO UPDATE
               SET status = excluded.status, reversed_minor = excluded.reversed_minor, code = excluded.code,
                   as_of = excluded.as_of
             WHERE t.payout_id = excluded.payout_id
            """;

    Uni<List<StoredPayout>> find(SqlConnection c, Collection<UUID> ids) {
        return read(c, FIND, Tuple.of(ids.toArray(UUID[]::new)));
    }

    /** Locked until the transaction ends, in the order of their ids; those that are not there are left out. */
    Uni<List<StoredPayout>> lock(SqlConnection tx, Collection<UUID> ids) {
        return read(tx, LOCK, Tuple.of(ids.toArray(UUID[]::new)));
    }

    /** Those on a rail for which something is to be done by now and which nobody else holds, the longest due first, locked. */
    Uni<List<StoredPayout>> lockDue(SqlConnection tx, Instant now, String rail, int limit) {
        return read(tx, LOCK_DUE, Tuple.of(now.atOffset(ZoneOffset.UTC), rail, limit));
    }

    private static Uni<List<StoredPayout>> read(SqlConnection c, String sql, Tuple given) {
        return c.preparedQuery(sql)
                .execute(given)
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(List.of())
                        : transfers(c, ids(rows)).map(told -> stored(rows, told)));
    }

    private static UUID[] ids(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>(rows.size());
        for (Row row : rows) ids.add(row.getUUID("id"));
        return ids.toArray(UUID[]::new);
    }

    private static Uni<Map<UUID, List<Transfer>>> transfers(SqlConnection c, UUID[] ids) {
        return c.preparedQuery(TRANSFERS).execute(Tuple.of((Object) ids)).map(rows -> {
            Map<UUID, List<Transfer>> told = new HashMap<>();
            for (Row row : rows)
                told.computeIfAbsent(row.getUUID("payout_id"), none -> new ArrayList<>())
                        .add(PayoutRow.transfer(row));
            return told;
        });
    }

    private static List<StoredPayout> stored(RowSet<Row> rows, Map<UUID, List<Transfer>> told) {
        List<StoredPayout> stored = new ArrayList<>(rows.size());
        for (Row row : rows)
            stored.add(PayoutRow.read(row, new Transfers(told.getOrDefault(row.getUUID("id"), List.of()))));
        return stored;
    }

    /** Whose the transfer is; nobody where it was not told of yet. */
    Uni<List<UUID>> ofTransfer(SqlConnection c, String rail, String transferId) {
        return c.preparedQuery(OF_TRANSFER).execute(Tuple.of(rail, transferId)).map(rows -> {
            List<UUID> found = new ArrayList<>();
            for (Row row : rows) found.add(row.getUUID(0));
            return found;
        });
    }

    /** @param rows as {@link PayoutRow#made} writes them */
    Uni<Void> insert(SqlConnection tx, JsonArray rows) {
        return tx.preparedQuery(INSERT).execute(Tuple.of(rows)).replaceWithVoid();
    }

    /** @param rows as {@link PayoutRow#changed} writes them */
    Uni<Void> update(SqlConnection tx, JsonArray rows, Instant now) {
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.of(rows, now.atOffset(ZoneOffset.UTC)))
                .invoke(done -> {
                    if (done.rowCount() != rows.size())
                        throw new IllegalStateException(
                                "%d of %d payouts are there".formatted(done.rowCount(), rows.size()));
                })
                .replaceWithVoid();
    }

    /** Notes what is told of these payouts; fails with {@link TransferTaken} where a transfer is another payout's. */
    Uni<Void> note(SqlConnection tx, List<Deed> deeds) {
        JsonArray rows = new JsonArray();
        for (Deed deed : deeds)
            for (Transfer each : deed.step().payout().transfers().list())
                if (!deed.before().payout().transfers().list().contains(each)) rows.add(row(deed, each));
        if (rows.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(UPSERT_TRANSFERS)
                .execute(Tuple.of(rows))
                .invoke(done -> {
                    if (done.rowCount() != rows.size()) throw new TransferTaken();
                })
                .replaceWithVoid();
    }

    private static JsonObject row(Deed deed, Transfer told) {
        return new JsonObject()
                .put("rail", deed.before().rail())
                .put("transfer_id", told.id())
                .put("payout_id", deed.before().id().toString())
                .put("status", told.status().word())
                .put("moved_minor", told.movedMinor())
                .put("currency", told.currency())
                .put("reversed_minor", told.reversedMinor())
                .put("code", told.code())
                .put("as_of", told.asOf().toString());
    }
}
