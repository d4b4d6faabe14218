package dev.tributary.conversion.imports;

import dev.tributary.conversion.imports.ImportRecord.State;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tables of imports: how far each came, its parts, and the rows to look at. */
@ApplicationScoped
class ImportRepository {
    private static final String COLUMNS =
            """
            SELECT id, program_id, name, source, dry_run, status, message, bytes, bytes_done, rows_done, accepted, rejected,
                   waiting, booked, repeated, refused, created_at, updated_at, finished_at
              FROM conversion_import
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String LIST =
            COLUMNS + " WHERE id < $1 AND ($3::uuid IS NULL OR program_id = $3) ORDER BY id DESC LIMIT $2";
    private static final String NEXT =
            COLUMNS + " WHERE status IN ('queued', 'running') AND source = 'parts' ORDER BY id LIMIT 1";
    private static final String UNFINISHED = COLUMNS
            + """
             WHERE program_id = $1 AND name = $2 AND bytes = $3 AND source = 'file' AND status IN ('running', 'failed')
             ORDER BY id DESC LIMIT 1
            """;
    private static final String INSERT =
            """
            INSERT INTO conversion_import (id, program_id, name, source, dry_run, status, bytes, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
            """;
    /** Once for each number: a part that is sent again changes nothing. */
    private static final String ADD_PART =
            """
            WITH added AS (
              INSERT INTO conversion_import_part (import_id, number, body) VALUES ($1, $2, $3)
              ON CONFLICT DO NOTHING RETURNING length(body) AS bytes)
            UPDATE conversion_import SET bytes = bytes + coalesce((SELECT bytes FROM added), 0), status = $4, updated_at = $5
             WHERE id = $1
            """;

    private static final String PARTS = "SELECT count(*) FROM conversion_import_part WHERE import_id = $1";
    private static final String PART = "SELECT body FROM conversion_import_part WHERE import_id = $1 AND number = $2";
    private static final String ADVANCE =
            """
            UPDATE conversion_import
               SET status = 'running', rows_done = $2, bytes_done = least($3, bytes), accepted = accepted + $4,
                   rejected = rejected + $5, waiting = waiting + $6, booked = booked + $7, repeated = repeated + $8,
                   refused = refused + $9, updated_at = $10
             WHERE id = $1
            """;
    private static final String ADD_ROWS =
            """
            INSERT INTO conversion_import_row (id, import_id, row_number, result, external_id, conversion_id, code, detail)
            SELECT unnest($2::uuid[]), $1, unnest($3::bigint[]), unnest($4::text[]), unnest($5::text[]), unnest($6::uuid[]),
                   unnest($7::text[]), unnest($8::text[])
            """;
    private static final String COUNT_ROWS =
            "SELECT count(*) FROM (SELECT FROM conversion_import_row WHERE import_id = $1 LIMIT $2) AS few";
    private static final String LIST_ROWS =
            """
            SELECT id, row_number, result, external_id, conversion_id, code, detail FROM conversion_import_row
             WHERE import_id = $3 AND id < $1 AND ($4::text IS NULL OR result = $4)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String FINISH =
            """
            UPDATE conversion_import
               SET status = $2, message = $3, finished_at = $4, updated_at = $4,
                   bytes_done = CASE WHEN $2 = 'succeeded' THEN bytes ELSE bytes_done END
             WHERE id = $1
            """;

    /** A megabyte each at most, so that a step is short however large the file was. */
    private static final int PARTS_AT_ONCE = 50;

    private static final String FORGET_PARTS =
            """
            DELETE FROM conversion_import_part
             WHERE import_id = $1 AND number IN (
                   SELECT number FROM conversion_import_part WHERE import_id = $1 ORDER BY number LIMIT $2)
            """;
    /** Uploads whose last part never came, and parts that a killed run left. */
    private static final String ABANDONED =
            """
            SELECT i.id FROM conversion_import i
             WHERE i.updated_at < $1 AND i.status IN ('receiving', 'succeeded', 'failed')
               AND (i.status = 'receiving' OR EXISTS (SELECT FROM conversion_import_part p WHERE p.import_id = i.id))
             ORDER BY i.id LIMIT $2
            """;

    /** A row that somebody should look at. */
    record Noted(
            UUID id,
            long row,
            String result,
            String externalId,
            @Nullable UUID conversionId,
            String code,
            String detail) {}

    /** Forgets some parts of what is finished; answers whether there may be more. */
    Uni<Boolean> forgetParts(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FORGET_PARTS)
                .execute(Tuple.of(id, PARTS_AT_ONCE))
                .map(rows -> rows.rowCount() == PARTS_AT_ONCE);
    }

    /** Those that nobody will complete, untouched since then. */
    Uni<List<UUID>> abandoned(SqlConnection c, OffsetDateTime before, int limit) {
        return c.preparedQuery(ABANDONED).execute(Tuple.of(before, limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList());
    }

    Uni<Optional<ImportRecord>> find(SqlConnection c, UUID id) {
        return one(c, FIND, Tuple.of(id));
    }

    Uni<Optional<ImportRecord>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, Tuple.of(id));
    }

    /** The oldest that was uploaded and is not done. */
    Uni<Optional<ImportRecord>> next(SqlConnection c) {
        return one(c, NEXT, Tuple.tuple());
    }

    /** The import of a file of this name and size that did not come to its end. */
    Uni<Optional<ImportRecord>> unfinished(SqlConnection c, UUID program, String name, long bytes) {
        return one(c, UNFINISHED, Tuple.of(program, name, bytes));
    }

    private static Uni<Optional<ImportRecord>> one(SqlConnection c, String sql, Tuple asked) {
        return c.preparedQuery(sql).execute(asked).map(rows -> list(rows, ImportRepository::read).stream()
                .findFirst());
    }

    Uni<List<ImportRecord>> list(SqlConnection c, UUID before, int limit, @Nullable UUID program) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(before, limit, program))
                .map(rows -> list(rows, ImportRepository::read));
    }

    Uni<Void> insert(SqlConnection tx, ImportRecord made) {
        Tuple row = Tuple.of(
                        made.id(),
                        made.programId(),
                        made.name(),
                        made.fromFile() ? "file" : "parts",
                        made.dryRun(),
                        made.state().word())
                .addLong(made.bytes())
                .addOffsetDateTime(time(made.createdAt()));
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    Uni<Void> addPart(SqlConnection tx, UUID id, int number, byte[] body, State then, Instant now) {
        return tx.preparedQuery(ADD_PART)
                .execute(Tuple.of(id, number, Buffer.buffer(body), then.word(), time(now)))
                .replaceWithVoid();
    }

    Uni<Long> parts(SqlConnection c, UUID id) {
        return c.preparedQuery(PARTS)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Optional<byte[]>> part(SqlConnection c, UUID id, int number) {
        return c.preparedQuery(PART)
                .execute(Tuple.of(id, number))
                .map(rows ->
                        list(rows, row -> row.getBuffer(0).getBytes()).stream().findFirst());
    }

    Uni<Void> advance(SqlConnection tx, UUID id, long rowsDone, long bytesDone, ImportCounts counts, Instant now) {
        Tuple row = Tuple.of(id, rowsDone, bytesDone, counts.accepted(), counts.rejected(), counts.waiting())
                .addLong(counts.booked())
                .addLong(counts.repeated())
                .addLong(counts.refused())
                .addOffsetDateTime(time(now));
        return tx.preparedQuery(ADVANCE).execute(row).replaceWithVoid();
    }

    Uni<Void> note(SqlConnection tx, UUID id, List<Noted> rows) {
        if (rows.isEmpty()) return Uni.createFrom().voidItem();
        Tuple columns = Tuple.tuple()
                .addUUID(id)
                .addValue(rows.stream().map(Noted::id).toArray(UUID[]::new))
                .addValue(rows.stream().map(Noted::row).toArray(Long[]::new))
                .addValue(rows.stream().map(Noted::result).toArray(String[]::new))
                .addValue(rows.stream().map(Noted::externalId).toArray(String[]::new))
                .addValue(rows.stream().map(Noted::conversionId).toArray(UUID[]::new))
                .addValue(rows.stream().map(Noted::code).toArray(String[]::new))
                .addValue(rows.stream().map(Noted::detail).toArray(String[]::new));
        return tx.preparedQuery(ADD_ROWS).execute(columns).replaceWithVoid();
    }

    /** How many are noted, counted up to a limit. */
    Uni<Long> noted(SqlConnection c, UUID id, int limit) {
        return c.preparedQuery(COUNT_ROWS)
                .execute(Tuple.of(id, (long) limit))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<List<Noted>> rows(SqlConnection c, UUID before, int limit, UUID id, @Nullable String result) {
        return c.preparedQuery(LIST_ROWS)
                .execute(Tuple.of(before, limit, id, result))
                .map(rows -> list(
                        rows,
                        row -> new Noted(
                                row.getUUID("id"),
                                row.getLong("row_number"),
                                row.getString("result"),
                                row.getString("external_id"),
                                row.getUUID("conversion_id"),
                                row.getString("code"),
                                row.getString("detail"))));
    }

    Uni<Void> finish(SqlConnection tx, UUID id, State state, @Nullable String message, Instant now) {
        return tx.preparedQuery(FINISH)
                .execute(Tuple.of(id, state.word(), message, time(now)))
                .replaceWithVoid();
    }

    private static ImportRecord read(Row row) {
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        return new ImportRecord(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("name"),
                row.getString("source").equals("file"),
                row.getBoolean("dry_run"),
                State.of(row.getString("status")),
                row.getString("message"),
                row.getLong("bytes"),
                row.getLong("bytes_done"),
                row.getLong("rows_done"),
                new ImportCounts(
                        row.getLong("accepted"),
                        row.getLong("rejected"),
                        row.getLong("waiting"),
                        row.getLong("booked"),
                        row.getLong("repeated"),
                        row.getLong("refused")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                finished == null ? null : finished.toInstant());
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    private static OffsetDateTime time(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
