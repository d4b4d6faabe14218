package dev.tributary.affiliate;

import dev.tributary.postgres.Transactions;
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
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code abuse_report}. */
@ApplicationScoped
class AbuseReportRepository {
    private static final String COLUMNS =
            """
            SELECT id, code, affiliate_id, kind, message, contact_email, ip_hash, status, note, handled_by, handled_at,
                   created_at, updated_at
              FROM abuse_report
            """;
    private static final String FIND = COLUMNS + " WHERE id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String LIST = COLUMNS
            + """
             WHERE id < $1 AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR kind = $4)
               AND ($5::uuid IS NULL OR affiliate_id = $5)
             ORDER BY id DESC LIMIT $2
            """;
    private static final String INSERT =
            """
            INSERT INTO abuse_report (id, code, affiliate_id, kind, message, contact_email, ip_hash, status, created_at,
                                      updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
            """;
    private static final String UPDATE =
            """
            UPDATE abuse_report SET status = $2, note = $3, handled_by = $4, handled_at = $5, updated_at = $6 WHERE id = $1
            """;
    private static final String ERASE =
            """
            UPDATE abuse_report SET code = '', message = '', note = ''
             WHERE affiliate_id = $1 AND (code <> '' OR message <> '' OR note <> '')
            """;
    private static final String IDS = "SELECT id FROM abuse_report WHERE affiliate_id = $1";

    private final Transactions transactions;

    AbuseReportRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a list is narrowed to; null = not. */
    record Filter(@Nullable String status, @Nullable String kind, @Nullable UUID affiliateId) {}

    Uni<Optional<AbuseReport>> find(UUID id) {
        return transactions.read(c -> one(c, FIND, id));
    }

    Uni<Optional<AbuseReport>> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, id);
    }

    private static Uni<Optional<AbuseReport>> one(SqlConnection c, String sql, UUID id) {
        return c.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    Uni<List<AbuseReport>> list(UUID before, int limit, Filter filter) {
        return transactions.read(c -> list(c, before, limit, filter));
    }

    Uni<List<AbuseReport>> list(SqlConnection c, UUID before, int limit, Filter filter) {
        return c.preparedQuery(LIST)
                .execute(Tuple.of(before, limit, filter.status, filter.kind, filter.affiliateId))
                .map(AbuseReportRepository::read);
    }

    Uni<Void> insert(SqlConnection tx, AbuseReport r) {
        Tuple row = Tuple.tuple(Arrays.asList(
                r.id(),
                r.code(),
                r.affiliateId(),
                r.kind().word(),
                r.message(),
                r.contactEmail(),
                r.source() == null ? null : Buffer.buffer(r.source()),
                r.status().word(),
                r.createdAt().atOffset(ZoneOffset.UTC)));
        return tx.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    Uni<Void> update(SqlConnection tx, AbuseReport r) {
        Tuple row = Tuple.tuple(Arrays.asList(
                r.id(),
                r.status().word(),
                r.note(),
                r.handledBy(),
                r.handledAt() == null ? null : r.handledAt().atOffset(ZoneOffset.UTC),
                r.updatedAt().atOffset(ZoneOffset.UTC)));
        return tx.preparedQuery(UPDATE).execute(row).replaceWithVoid();
    }

    /** Blanks the texts about an affiliate; answers how many. */
    Uni<Integer> erase(SqlConnection tx, UUID affiliate) {
        return tx.preparedQuery(ERASE).execute(Tuple.of(affiliate)).map(rows -> rows.rowCount());
    }

    Uni<List<UUID>> ids(SqlConnection tx, UUID affiliate) {
        return tx.preparedQuery(IDS).execute(Tuple.of(affiliate)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList());
    }

    private static List<AbuseReport> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(AbuseReportRepository::read)
                .toList();
    }

    private static AbuseReport read(Row row) {
        byte[] source = row.getBuffer("ip_hash") == null
                ? null
                : row.getBuffer("ip_hash").getBytes();
        return new AbuseReport(
                row.getUUID("id"),
                row.getString("code"),
                row.getUUID("affiliate_id"),
                ViolationKind.of(row.getString("kind")),
                row.getString("message"),
                row.getString("contact_email"),
                source,
                AbuseReport.Status.of(row.getString("status")),
                row.getString("note"),
                row.getString("handled_by"),
                at(row.getOffsetDateTime("handled_at")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static @Nullable Instant at(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
