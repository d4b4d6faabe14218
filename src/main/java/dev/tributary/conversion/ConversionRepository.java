package dev.tributary.conversion;

import dev.tributary.money.Money;
import io.smallrye.mutiny.Uni;
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
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code conversion} as it is read and decided anew; the intake's own statements are apart. */
@ApplicationScoped
class ConversionRepository {
    private static final String COLUMNS =
            """
            SELECT v.id, v.program_id, v.kind, v.external_id, v.customer_external_id, v.amount_minor, v.currency, v.lines,
                   v.occurred_at, v.door, v.click_id, v.visitor_id, v.promo_code, v.named_affiliate_id, v.buyer, v.details,
                   v.status, v.reason_code, v.decision, v.refunded_minor, v.waiting_until, v.enrollment_id, v.affiliate_id,
                   v.link_id, v.src, v.created_at
              FROM conversion v
            """;
    private static final String FIND = COLUMNS + " WHERE v.id = $1";
    private static final String LOCK = COLUMNS + " WHERE v.id = ANY ($1::uuid[]) ORDER BY v.id FOR NO KEY UPDATE";
    private static final String LIST = COLUMNS
            + """
             WHERE v.id < $1 AND ($3::uuid IS NULL OR v.program_id = $3) AND ($4::text IS NULL OR v.status = $4)
               AND ($5::text IS NULL OR v.kind = $5) AND ($6::text IS NULL OR v.reason_code = $6)
               AND ($7::text IS NULL OR v.external_id = $7) AND ($8::text IS NULL OR v.customer_external_id = $8)
               AND ($9::timestamptz IS NULL OR v.occurred_at >= $9) AND ($10::timestamptz IS NULL OR v.occurred_at < $10)
               AND ($11::uuid IS NULL OR v.affiliate_id = $11 OR EXISTS (
                    SELECT FROM attribution a WHERE a.conversion_id = v.id AND a.decision = v.decision AND a.affiliate_id = $11))
             ORDER BY v.id DESC LIMIT $2
            """;
    private static final String ASKED_FOR =
            """
                     s.id < $1 AND s.status IN ('accepted', 'refunded') AND ($4::uuid IS NULL OR s.program_id = $4)
                 AND ($5::text IS NULL OR s.status = $5) AND ($6::text IS NULL OR s.kind = $6)
                 AND ($7::timestamptz IS NULL OR s.occurred_at >= $7) AND ($8::timestamptz IS NULL OR s.occurred_at < $8)
            """;
    /** What an affiliate is credited with for the most part, by each of their enrollments, and what they have a part in. */
    private static final String LIST_OWN = COLUMNS
            + """
             WHERE v.id IN (
               SELECT w.id FROM enrollment e CROSS JOIN LATERAL (
                      SELECT s.id FROM conversion s
                       WHERE s.enrollment_id = e.id AND
            """
            + ASKED_FOR
            + """
                       ORDER BY s.id DESC LIMIT $2) w
                WHERE e.affiliate_id = $3
               UNION ALL (
               SELECT s.id FROM attribution a
                 JOIN conversion s ON s.id = a.conversion_id AND s.decision = a.decision AND s.affiliate_id <> $3
                WHERE a.affiliate_id = $3 AND a.weight_bps < 10000 AND a.conversion_id < $1 AND
            """
            + ASKED_FOR
            + """
                ORDER BY s.id DESC LIMIT $2))
             ORDER BY v.id DESC LIMIT $2
            """;

    private static final String WAITING =
            """
            WITH page AS (
              SELECT id, program_id, click_id, waiting_until FROM conversion
               WHERE waiting_until IS NOT NULL AND id > $1 ORDER BY id LIMIT $2)
            SELECT p.id, p.waiting_until <= $3
                   OR EXISTS (SELECT FROM click c WHERE c.id = p.click_id AND c.program_id = p.program_id) AS ripe
              FROM page p ORDER BY p.id
            """;
    /** What went back in full stays refunded, whoever is credited. */
    private static final String DECIDE =
            """
            UPDATE conversion v
               SET status = CASE WHEN d.status = 'accepted'
                                      AND (v.status = 'refunded' OR v.amount_minor > 0 AND v.refunded_minor = v.amount_minor)
                                 THEN 'refunded' ELSE d.status END,
                   reason_code = d.reason, decision = d.number, enrollment_id = d.enrollment_id,
                   affiliate_id = d.affiliate_id, link_id = d.link_id, src = d.src, waiting_until = d.waiting_until,
                   named_affiliate_id = d.named
              FROM unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[],
                          $9::timestamptz[], $10::uuid[])
                   AS d (id, status, reason, number, enrollment_id, affiliate_id, link_id, src, waiting_until, named)
             WHERE v.id = d.id
            """;

    private static final String WAIT_NO_MORE =
            """
            UPDATE conversion SET waiting_until = NULL WHERE id = ANY ($1::uuid[])
            """;

    /** A conversion that waits for a click; ripe when it has landed, or has been waited for long enough. */
    record Waiting(UUID id, boolean ripe) {}

    Uni<Optional<Conversion>> find(SqlConnection c, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> read(rows).stream()
                .findFirst());
    }

    /** Locked against every other decision and refund, in the order of their ids. */
    Uni<List<Conversion>> lock(SqlConnection tx, List<UUID> ids) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(ConversionRepository::read);
    }

    Uni<List<Conversion>> list(SqlConnection c, UUID before, int limit, StoredConversions.Filter filter) {
        Tuple asked = Tuple.of(before, limit, filter.programId(), filter.status(), filter.kind(), filter.reason())
                .addString(filter.externalId())
                .addString(filter.customer())
                .addOffsetDateTime(time(filter.from()))
                .addOffsetDateTime(time(filter.to()))
                .addUUID(filter.affiliateId());
        return c.preparedQuery(LIST).execute(asked).map(ConversionRepository::read);
    }

    /** Those of one affiliate. */
    Uni<List<Conversion>> own(
            SqlConnection c, UUID before, int limit, UUID affiliate, StoredConversions.Filter filter) {
        Tuple asked = Tuple.of(before, limit, affiliate, filter.programId(), filter.status(), filter.kind())
                .addOffsetDateTime(time(filter.from()))
                .addOffsetDateTime(time(filter.to()));
        return c.preparedQuery(LIST_OWN).execute(asked).map(ConversionRepository::read);
    }

    /** The next that wait, in the order of their ids. */
    Uni<List<Waiting>> waiting(SqlConnection c, UUID after, int limit, Instant now) {
        return c.preparedQuery(WAITING)
                .execute(Tuple.of(after, limit, time(now)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Waiting(row.getUUID("id"), row.getBoolean("ripe")))
                        .toList());
    }

    /** Stores new decisions about conversions that are locked. */
    Uni<Void> decide(SqlConnection tx, List<Draft> drafts) {
        if (drafts.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(DECIDE)
                .execute(DraftColumns.ofDecisions(drafts))
                .replaceWithVoid();
    }

    Uni<Void> waitNoMore(SqlConnection tx, List<UUID> ids) {
        if (ids.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(WAIT_NO_MORE)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    private static List<Conversion> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ConversionRepository::read)
                .toList();
    }

    private static Conversion read(Row row) {
        String reason = row.getString("reason_code");
        OffsetDateTime waiting = row.getOffsetDateTime("waiting_until");
        return new Conversion(
                row.getUUID("id"),
                event(row),
                Status.of(row.getString("status")),
                reason == null ? null : Reason.of(reason),
                row.getInteger("decision"),
                row.getLong("refunded_minor"),
                waiting == null ? null : waiting.toInstant(),
                row.getUUID("enrollment_id"),
                row.getUUID("affiliate_id"),
                row.getUUID("link_id"),
                row.getString("src"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static Incoming event(Row row) {
        return new Incoming(
                row.getUUID("program_id"),
                Kind.of(row.getString("kind")),
                row.getString("external_id"),
                row.getString("customer_external_id"),
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                Lines.read(row.getJsonArray("lines")),
                row.getOffsetDateTime("occurred_at").toInstant(),
                Door.of(row.getString("door")),
                new Touch(
                        row.getUUID("click_id"),
                        row.getUUID("visitor_id"),
                        row.getString("promo_code"),
                        row.getUUID("named_affiliate_id")),
                BuyerJson.read(row.getJsonObject("buyer")),
                DetailsJson.read(row.getJsonObject("details")));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
