package dev.tributary.promo;

import dev.tributary.money.Money;
import dev.tributary.postgres.Unique;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code redemption} and the counters of the codes, which are as many as its rows.
 *
 * <p>Whoever changes a counter has locked the rows of its codes in the order of their ids first, so limits hold exactly and
 * nobody waits for another in a circle.
 */
@ApplicationScoped
class RedemptionRepository {
    private static final String BY_KEY =
            DiscountCodeRows.COLUMNS + " WHERE d.program_id = $1 AND d.code_key = ANY ($2::text[]) ORDER BY d.id";
    private static final String LOCK_BY_KEY = BY_KEY + " FOR NO KEY UPDATE OF d";
    private static final String LOCK_OF =
            """
            SELECT id FROM discount_code
             WHERE id IN (SELECT code_id FROM redemption WHERE id = ANY ($1::uuid[]))
             ORDER BY id FOR NO KEY UPDATE
            """;
    private static final String USED =
            """
            SELECT code_id, count(*) AS uses FROM redemption
             WHERE code_id IN (SELECT id FROM discount_code WHERE program_id = $1 AND code_key = ANY ($2::text[]))
               AND customer_external_id = $3 AND state <> 'released'
             GROUP BY code_id
            """;
    /** A new version only for the use that is the last: others need not be told. */
    private static final String RESERVE =
            """
            WITH told AS (
                SELECT code_id, minor, place - 1 AS place
                  FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS t (code_id, minor, place)),
            made AS (
                INSERT INTO redemption (id, code_id, place, program_id, enrollment_id, customer_external_id, state,
                                        amount_minor, discount_minor, currency, plan, expires_at, created_at)
                SELECT $3, t.code_id, t.place, d.program_id, d.enrollment_id, $4, 'reserved', $5, t.minor, $6, $7, $8, $9
                  FROM told t JOIN discount_code d ON d.id = t.code_id),
            counted AS (
                UPDATE discount_code d
                   SET uses = d.uses + 1, discount_minor = d.discount_minor + t.minor,
                       version = CASE WHEN d.uses + 1 = d.max_uses THEN nextval('change_version') ELSE d.version END
                  FROM told t WHERE d.id = t.code_id
                RETURNING d.uses = d.max_uses AS crossed)
            SELECT coalesce(bool_or(crossed), false) FROM counted
            """;

    private static final String RELEASE =
            """
            WITH gone AS (
                UPDATE redemption SET state = 'released', released_at = $2, release_reason = $3
                 WHERE id = ANY ($1::uuid[]) AND state = 'reserved' AND (NOT $4::boolean OR expires_at <= $2)
                RETURNING code_id, discount_minor),
            sums AS (SELECT code_id, count(*)::integer AS uses, sum(discount_minor)::bigint AS minor FROM gone GROUP BY code_id),
            counted AS (
                UPDATE discount_code d
                   SET uses = d.uses - s.uses, discount_minor = d.discount_minor - s.minor,
                       version = CASE WHEN d.uses = d.max_uses THEN nextval('change_version') ELSE d.version END
                  FROM sums s WHERE d.id = s.code_id
                RETURNING d.uses + s.uses = d.max_uses AS crossed)
            SELECT (SELECT count(*) FROM gone) AS rows, coalesce(bool_or(crossed), false) AS crossed FROM counted
            """;
    /** A reservation that was given up is taken again, where the limits still allow it. */
    private static final String RETAKE =
            """
            WITH back AS (
                UPDATE redemption SET state = 'reserved', released_at = NULL, release_reason = NULL
                 WHERE id = $1 AND state = 'released'
                RETURNING code_id, discount_minor)
            UPDATE discount_code d
               SET uses = d.uses + 1, discount_minor = d.discount_minor + b.discount_minor,
                   version = CASE WHEN d.uses + 1 = d.max_uses THEN nextval('change_version') ELSE d.version END
              FROM back b WHERE d.id = b.code_id
            """;

    private static final String LEFT =
            """
            SELECT coalesce(bool_and((d.max_uses IS NULL OR d.uses < d.max_uses)
                       AND (d.max_uses_per_customer IS NULL OR d.max_uses_per_customer > (
                            SELECT count(*) FROM redemption o WHERE o.code_id = d.id AND o.state <> 'released'
                               AND o.customer_external_id = r.customer_external_id))), false)
              FROM redemption r JOIN discount_code d ON d.id = r.code_id
             WHERE r.id = $1
            """;
    private static final String CONFIRM =
            """
            UPDATE redemption SET state = 'confirmed', external_id = $2, paid_minor = $3, confirmed_at = $4
             WHERE id = $1 AND state = 'reserved'
            """;
    private static final String COLUMNS =
            """
            SELECT r.id, r.program_id, r.customer_external_id, r.state, r.amount_minor, r.currency, r.plan, r.code_id, d.code,
                   r.enrollment_id, e.affiliate_id, r.discount_minor, r.external_id, r.paid_minor, r.expires_at,
                   r.created_at, r.confirmed_at, r.released_at, r.release_reason
              FROM redemption r
              JOIN discount_code d ON d.id = r.code_id
              LEFT JOIN enrollment e ON e.id = r.enrollment_id
            """;
    private static final String FIND = COLUMNS + " WHERE r.id = $1 AND r.program_id = $2 ORDER BY r.place";
    private static final String LOCK = FIND + " FOR UPDATE OF r";
    private static final String OF_CODE = COLUMNS + " WHERE r.code_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3";
    private static final String OF_ORDER =
            """
            SELECT id FROM redemption WHERE program_id = $1 AND external_id = $2 AND place = 0 AND state = 'confirmed'
            """;
    private static final String OVER =
            """
            SELECT id FROM redemption WHERE state = 'reserved' AND expires_at <= $1 ORDER BY expires_at LIMIT $2
            """;

    /** What was done to counters: of how many rows, and whether a code is now used up or not any more. */
    record Counted(int rows, boolean crossed) {}

    /** Codes, and how often one customer has used each. */
    record Looked(List<DiscountCode> codes, Map<UUID, Integer> used) {}

    /** The codes with these texts as they are, for whoever only looks; those that the program does not have are missing. */
    Uni<List<DiscountCode>> codes(SqlConnection c, UUID programId, List<String> keys) {
        return c.preparedQuery(BY_KEY)
                .execute(Tuple.of(programId, keys.toArray(String[]::new)))
                .map(DiscountCodeRows::read);
    }

    /**
     * The same, locked. Both statements are sent before either is answered, to hold the locks no longer than must be; the
     * second sees what was committed before the first got its locks.
     */
    Uni<Looked> lock(SqlConnection tx, UUID programId, List<String> keys, String customer) {
        String[] texts = keys.toArray(String[]::new);
        Uni<List<DiscountCode>> codes = tx.preparedQuery(LOCK_BY_KEY)
                .execute(Tuple.of(programId, texts))
                .map(DiscountCodeRows::read);
        Uni<Map<UUID, Integer>> used = tx.preparedQuery(USED)
                .execute(Tuple.of(programId, texts, customer))
                .map(RedemptionRepository::uses);
        return Uni.combine().all().unis(codes, used).with(Looked::new);
    }

    private static Map<UUID, Integer> uses(RowSet<Row> rows) {
        Map<UUID, Integer> used = new HashMap<>();
        for (Row row : rows) used.put(row.getUUID("code_id"), Math.toIntExact(row.getLong("uses")));
        return used;
    }

    /** Stores a reservation of codes that are locked; answers whether one of them is used up by it. */
    Uni<Boolean> reserve(SqlConnection tx, Redemption r) {
        Tuple row = Tuple.tuple(Arrays.asList(
                r.uses().stream().map(Redemption.Use::codeId).toArray(UUID[]::new),
                r.uses().stream().map(Redemption.Use::discountMinor).toArray(Long[]::new),
                r.id(),
                r.customer(),
                r.amount().amount(),
                r.amount().currency(),
                r.plan(),
                at(r.expiresAt()),
                at(r.createdAt())));
        return tx.preparedQuery(RESERVE)
                .execute(row)
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Locks the codes of redemptions. */
    Uni<Void> lockCodesOf(SqlConnection tx, List<UUID> redemptions) {
        return tx.preparedQuery(LOCK_OF)
                .execute(Tuple.of((Object) redemptions.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Releases those still reserved, and where {@code onlyOver} those whose time is over; their codes are locked. */
    Uni<Counted> release(
            SqlConnection tx, List<UUID> redemptions, Redemption.Release why, boolean onlyOver, Instant now) {
        return tx.preparedQuery(RELEASE)
                .execute(Tuple.of(redemptions.toArray(UUID[]::new), at(now), why.word(), onlyOver))
                .map(rows -> rows.iterator().next())
                .map(row -> new Counted(Math.toIntExact(row.getLong("rows")), row.getBoolean("crossed")));
    }

    /** Whether the limits allow all codes of a released redemption again; its codes are locked. */
    Uni<Boolean> isLeft(SqlConnection tx, UUID redemption) {
        return tx.preparedQuery(LEFT)
                .execute(Tuple.of(redemption))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Void> retake(SqlConnection tx, UUID redemption) {
        return tx.preparedQuery(RETAKE).execute(Tuple.of(redemption)).replaceWithVoid();
    }

    /** 409 where another redemption has this order. */
    Uni<Void> confirm(SqlConnection tx, UUID redemption, String externalId, @Nullable Long paidMinor, Instant now) {
        return tx.preparedQuery(CONFIRM)
                .execute(Tuple.of(redemption, externalId, paidMinor, at(now)))
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("Another redemption has this order"))
                .replaceWithVoid();
    }

    Uni<Optional<Redemption>> find(SqlConnection c, UUID programId, UUID id) {
        return c.preparedQuery(FIND).execute(Tuple.of(id, programId)).map(RedemptionRepository::whole);
    }

    Uni<Optional<Redemption>> lock(SqlConnection tx, UUID programId, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id, programId)).map(RedemptionRepository::whole);
    }

    /** Each with this code's use alone. */
    Uni<List<Redemption>> ofCode(SqlConnection c, UUID codeId, UUID before, int limit) {
        return c.preparedQuery(OF_CODE).execute(Tuple.of(codeId, before, limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> read(row, List.of(use(row))))
                .toList());
    }

    Uni<Optional<UUID>> ofOrder(SqlConnection c, UUID programId, String externalId) {
        return c.preparedQuery(OF_ORDER)
                .execute(Tuple.of(programId, externalId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .findFirst());
    }

    /** Those whose time is over, longest first, at most so many rows. */
    Uni<List<UUID>> over(SqlConnection c, Instant now, int atMost) {
        return c.preparedQuery(OVER).execute(Tuple.of(at(now), atMost)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID(0))
                .distinct()
                .toList());
    }

    private static Optional<Redemption> whole(RowSet<Row> rows) {
        List<Redemption.Use> uses = new ArrayList<>();
        Row first = null;
        for (Row row : rows) {
            if (first == null) first = row;
            uses.add(use(row));
        }
        return first == null ? Optional.empty() : Optional.of(read(first, uses));
    }

    private static Redemption.Use use(Row row) {
        return new Redemption.Use(
                row.getUUID("code_id"),
                row.getString("code"),
                row.getUUID("enrollment_id"),
                row.getUUID("affiliate_id"),
                row.getLong("discount_minor"));
    }

    private static Redemption read(Row row, List<Redemption.Use> uses) {
        String why = row.getString("release_reason");
        return new Redemption(
                row.getUUID("id"),
                row.getUUID("program_id"),
                row.getString("customer_external_id"),
                Redemption.State.of(row.getString("state")),
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                row.getString("plan"),
                uses,
                row.getString("external_id"),
                row.getLong("paid_minor"),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                moment(row, "confirmed_at"),
                moment(row, "released_at"),
                why == null ? null : Redemption.Release.of(why));
    }

    private static @Nullable Instant moment(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
