package dev.tributary.payout.rail.manual;

import dev.tributary.crypto.MasterKey;
import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code payout_file_entry}; names and accounts are wrapped by the master key where one is configured. */
@ApplicationScoped
class FileEntryRepository {
    private static final String COLUMNS =
            """
            SELECT e.payout_id, e.currency, e.amount_minor, e.destination, e.wrapped, e.reference, e.created_at, e.file_id,
                   e.trace, e.removed_at, e.returned_at, f.settled_at, e.code, e.note
              FROM payout_file_entry e LEFT JOIN payout_file f ON f.id = e.file_id
            """;
    private static final String INSERT =
            """
            INSERT INTO payout_file_entry (payout_id, kind, currency, amount_minor, destination, wrapped, reference, created_at,
                   key_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (payout_id) DO NOTHING
            """;
    private static final String FIND = COLUMNS + " WHERE e.payout_id = ANY($1)";
    private static final String WAITING = COLUMNS
            + """
             WHERE e.file_id IS NULL AND e.removed_at IS NULL AND e.currency = $1 AND ($2::text IS NULL OR e.kind = $2)
             ORDER BY e.created_at, e.payout_id LIMIT $3 FOR UPDATE OF e
            """;
    private static final String LIST = COLUMNS
            + """
             WHERE e.payout_id < $1 AND ($3::uuid IS NULL OR e.file_id = $3)
               AND (NOT $4 OR e.file_id IS NULL AND e.removed_at IS NULL)
             ORDER BY e.payout_id DESC LIMIT $2
            """;
    private static final String CREATED = COLUMNS
            + """
             WHERE e.created_at >= $1 AND e.created_at < $2 AND e.removed_at IS NULL AND e.payout_id > $3
             ORDER BY e.payout_id LIMIT $4
            """;
    private static final String PUT_IN =
            """
            UPDATE payout_file_entry e SET file_id = $1, position = put.position - 1, trace = nullif(put.trace, '')
              FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS put (payout_id, trace, position)
             WHERE e.payout_id = put.payout_id AND e.file_id IS NULL AND e.removed_at IS NULL
            """;
    private static final String OF_FILE =
            "SELECT payout_id FROM payout_file_entry WHERE file_id = $1 ORDER BY position";
    private static final String REMOVE =
            """
            UPDATE payout_file_entry SET removed_at = $2, note = $3
             WHERE payout_id = $1 AND file_id IS NULL AND removed_at IS NULL
            """;
    private static final String RETURN =
            """
            UPDATE payout_file_entry SET returned_at = $2, code = $3, note = $4
             WHERE payout_id = $1 AND file_id IS NOT NULL AND returned_at IS NULL
            """;
    /** The latest file that has the trace: numbers begin anew after ten million. */
    private static final String RETURNED =
            """
            UPDATE payout_file_entry e SET returned_at = $5, code = back.code, note = back.note
              FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) AS back (trace, cents, code, note)
             WHERE e.payout_id = (SELECT found.payout_id FROM payout_file_entry found JOIN payout_file f ON f.id = found.file_id
                                   WHERE found.trace = back.trace ORDER BY f.made_at DESC LIMIT 1)
               AND e.amount_minor = back.cents AND e.returned_at IS NULL
            RETURNING e.payout_id, e.file_id, e.trace
            """;
    /** The correction of an account is told to people; the entry itself went through. */
    private static final String CORRECTED =
            """
            UPDATE payout_file_entry e SET note = back.note
              FROM unnest($1::text[], $2::text[]) AS back (trace, note)
             WHERE e.payout_id = (SELECT found.payout_id FROM payout_file_entry found JOIN payout_file f ON f.id = found.file_id
                                   WHERE found.trace = back.trace ORDER BY f.made_at DESC LIMIT 1)
               AND e.returned_at IS NULL
            RETURNING e.payout_id
            """;

    private static final String BACK_BEFORE =
            """
            SELECT DISTINCT ON (e.trace) e.trace, e.returned_at IS NOT NULL AS back
              FROM payout_file_entry e JOIN payout_file f ON f.id = e.file_id
             WHERE e.trace = ANY($1) ORDER BY e.trace, f.made_at DESC
            """;
    private static final String WITHDRAW =
            """
            UPDATE payout_file_entry SET returned_at = $2, code = 'withdrawn', note = $3
             WHERE file_id = $1 AND returned_at IS NULL
            RETURNING payout_id
            """;

    private final MasterKey master;

    FileEntryRepository(MasterKey master) {
        this.master = master;
    }

    /** Nothing where the payout is there already. */
    Uni<Void> add(SqlConnection tx, UUID payout, Money amount, JsonObject to, Instant now) {
        byte[] plain = to.encode().getBytes(StandardCharsets.UTF_8);
        Tuple row = Tuple.tuple()
                .addUUID(payout)
                .addString(to.getString("kind"))
                .addString(amount.currency())
                .addLong(amount.amount())
                .addValue(Buffer.buffer(master.present() ? master.wrap(plain, name(payout)) : plain))
                .addBoolean(master.present())
                .addString(FileEntry.reference(payout))
                .addOffsetDateTime(at(now))
                .addString(master.id());
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    Uni<Optional<FileEntry>> find(SqlConnection c, UUID payout) {
        return find(c, List.of(payout)).map(found -> found.stream().findFirst());
    }

    Uni<List<FileEntry>> find(SqlConnection c, List<UUID> payouts) {
        return c.preparedQuery(FIND)
                .execute(Tuple.tuple().addArrayOfUUID(payouts.toArray(UUID[]::new)))
                .map(this::entries);
    }

    /** Those that wait, oldest first, locked. @param kind null for all */
    Uni<List<FileEntry>> waiting(SqlConnection tx, String currency, @Nullable String kind, int atMost) {
        return tx.preparedQuery(WAITING)
                .execute(Tuple.of(currency, kind, atMost))
                .map(this::entries);
    }

    /** @param file null for all; {@code waiting} for those that are in none */
    Uni<List<FileEntry>> list(SqlConnection c, UUID before, int limit, @Nullable UUID file, boolean waiting) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(before, limit, file, waiting))
                .map(this::entries);
    }

    Uni<List<FileEntry>> created(SqlConnection c, Instant from, Instant to, UUID after, int limit) {
        return c.preparedQuery(CREATED)
                .execute(Tuple.of(at(from), at(to), after, limit))
                .map(this::entries);
    }

    /** @param traces of the entries, "" where they have none; answers how many there were */
    Uni<Integer> putIn(SqlConnection tx, UUID file, List<UUID> payouts, List<String> traces) {
        Tuple row = Tuple.tuple()
                .addUUID(file)
                .addArrayOfUUID(payouts.toArray(UUID[]::new))
                .addArrayOfString(traces.toArray(String[]::new));
        return tx.preparedQuery(PUT_IN).execute(row).map(rows -> rows.rowCount());
    }

    Uni<List<UUID>> of(SqlConnection c, UUID file) {
        return c.preparedQuery(OF_FILE).execute(Tuple.of(file)).map(FileEntryRepository::ids);
    }

    /** Whether it waited. */
    Uni<Boolean> remove(SqlConnection tx, UUID payout, Instant now, String note) {
        return tx.preparedQuery(REMOVE).execute(Tuple.of(payout, at(now), note)).map(rows -> rows.rowCount() == 1);
    }

    /** Whether it was in a file and had not come back. */
    Uni<Boolean> comeBack(SqlConnection tx, UUID payout, Instant now, String code, String note) {
        return tx.preparedQuery(RETURN)
                .execute(Tuple.of(payout, at(now), code, note))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whose money came back, in which file it had left and under which number. */
    record Back(UUID payoutId, UUID fileId, String trace) {}

    /** Those of them that came back now: the amount must be the entry's. */
    Uni<List<Back>> comeBack(SqlConnection tx, Returns back, Instant now) {
        Tuple row = Tuple.tuple()
                .addArrayOfString(back.traces())
                .addArrayOfLong(back.cents())
                .addArrayOfString(back.codes())
                .addArrayOfString(back.notes())
                .addOffsetDateTime(at(now));
        return tx.preparedQuery(RETURNED).execute(row).map(rows -> {
            List<Back> found = new ArrayList<>(rows.size());
            for (Row each : rows) found.add(new Back(each.getUUID(0), each.getUUID(1), each.getString(2)));
            return found;
        });
    }

    Uni<List<UUID>> correct(SqlConnection tx, Returns corrections) {
        Tuple row = Tuple.tuple().addArrayOfString(corrections.traces()).addArrayOfString(corrections.notes());
        return tx.preparedQuery(CORRECTED).execute(row).map(FileEntryRepository::ids);
    }

    /** Of those traces that are known, whether their money had come back. */
    Uni<Map<String, Boolean>> backBefore(SqlConnection c, String[] traces) {
        return c.preparedQuery(BACK_BEFORE)
                .execute(Tuple.tuple().addArrayOfString(traces))
                .map(rows -> {
                    Map<String, Boolean> known = new HashMap<>();
                    for (Row row : rows) known.put(row.getString("trace"), row.getBoolean("back"));
                    return known;
                });
    }

    /** The whole file was never carried out; answers whose entries those are that had not come back. */
    Uni<List<UUID>> withdraw(SqlConnection tx, UUID file, Instant now, String note) {
        return tx.preparedQuery(WITHDRAW).execute(Tuple.of(file, at(now), note)).map(FileEntryRepository::ids);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>(rows.size());
        for (Row row : rows) ids.add(row.getUUID(0));
        return ids;
    }

    private List<FileEntry> entries(RowSet<Row> rows) {
        List<FileEntry> entries = new ArrayList<>(rows.size());
        for (Row row : rows) entries.add(entry(row));
        return entries;
    }

    private FileEntry entry(Row row) {
        UUID payout = row.getUUID("payout_id");
        byte[] kept = row.getBuffer("destination").getBytes();
        byte[] plain = row.getBoolean("wrapped") ? master.unwrap(kept, name(payout)) : kept;
        return new FileEntry(
                payout,
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                new JsonObject(new String(plain, StandardCharsets.UTF_8)),
                row.getString("reference"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getUUID("file_id"),
                row.getString("trace"),
                instant(row, "removed_at"),
                instant(row, "returned_at"),
                instant(row, "settled_at"),
                row.getString("code"),
                row.getString("note"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    static String name(UUID payout) {
        return "payout_file_entry " + payout;
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
