package dev.tributary.payout.tax;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Who of the affiliates has given which form and who none; and {@code tax_reminder}, who was asked for one when. */
@ApplicationScoped
class PapersQueries {
    private static final String LIST =
            """
            SELECT * FROM (
                SELECT a.id, a.name, a.country, f.kind, f.created_at, f.expires_on, r.sent_at,
                       CASE WHEN f.id IS NULL THEN 'missing' WHEN f.expires_on < $3 THEN 'expired' ELSE f.state END AS status
                  FROM affiliate a
                  LEFT JOIN tax_form f ON f.affiliate_id = a.id AND f.state IN ('submitted', 'verified')
                  LEFT JOIN tax_reminder r ON r.affiliate_id = a.id
                 WHERE a.id < $1 AND a.status <> 'closed'
                   AND ($5::text IS NULL OR a.country = $5)
                   AND ($6::uuid IS NULL
                        OR EXISTS (SELECT FROM enrollment e WHERE e.affiliate_id = a.id AND e.program_id = $6))) each
             WHERE $4::text IS NULL OR status = $4
             ORDER BY id DESC LIMIT $2
            """;

    /** Who is owed something in a program that asks for a form, and has none that holds for a month more. */
    private static final String LACKING =
            """
            SELECT a.id FROM affiliate a
             WHERE a.id > $1 AND a.status IN ('active', 'paused')
               AND NOT EXISTS (SELECT FROM tax_form f
                                WHERE f.affiliate_id = a.id AND f.state IN ('submitted', 'verified')
                                  AND (f.expires_on IS NULL OR f.expires_on >= $2))
               AND NOT EXISTS (SELECT FROM tax_reminder r WHERE r.affiliate_id = a.id AND r.sent_at > $3)
               AND EXISTS (SELECT FROM enrollment e
                             JOIN ledger_balance b ON b.enrollment_id = e.id
                             LEFT JOIN payout_terms t ON t.program_id = e.program_id
                            WHERE e.affiliate_id = a.id AND b.pending + b.available > 0
                              AND coalesce(t.tax_form_required, true))
             ORDER BY a.id LIMIT $4
            """;

    private static final String LOCK = " FOR NO KEY UPDATE OF a";
    private static final String REMEMBER =
            """
            INSERT INTO tax_reminder (affiliate_id, sent_at, sent) SELECT unnest($1::uuid[]), $2, 1
            ON CONFLICT (affiliate_id) DO UPDATE SET sent_at = excluded.sent_at, sent = tax_reminder.sent + 1
            """;

    /** What a list is narrowed to; null = not. */
    record Filter(@Nullable String status, @Nullable String country, @Nullable UUID programId) {}

    Uni<List<PapersRow>> list(SqlConnection c, UUID before, int limit, LocalDate today, Filter filter) {
        return c.preparedQuery(LIST)
                .execute(Tuple.tuple(
                        Arrays.asList(before, limit, today, filter.status, filter.country, filter.programId)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PapersQueries::read)
                        .toList());
    }

    private static PapersRow read(Row row) {
        String kind = row.getString("kind");
        return new PapersRow(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("country"),
                row.getString("status"),
                kind == null ? null : FormKind.of(kind),
                instant(row, "created_at"),
                row.getLocalDate("expires_on"),
                instant(row, "sent_at"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    /**
     * Who is to be asked for a form, in the order of ids after one.
     *
     * @param until the day to which a form must hold
     * @param since who was asked since then is not asked again
     */
    Uni<List<UUID>> lacking(SqlConnection c, UUID after, LocalDate until, Instant since, int limit, boolean lock) {
        return c.preparedQuery(lock ? LACKING + LOCK : LACKING)
                .execute(Tuple.of(after, until, since.atOffset(ZoneOffset.UTC), limit))
                .map(PapersQueries::ids);
    }

    Uni<Void> remember(SqlConnection tx, List<UUID> affiliates, Instant now) {
        return tx.preparedQuery(REMEMBER)
                .execute(Tuple.of(affiliates.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList();
    }
}
