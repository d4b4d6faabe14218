package dev.tributary.promo;

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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Writes the table {@code discount_code}. Every change that somebody outside would notice takes a new version. */
@ApplicationScoped
class DiscountCodeRepository {
    /**
     * Takes the first candidate that is free. The affiliate's row is locked against a change of its status, which would
     * otherwise miss a code that is not there yet.
     */
    private static final String INSERT_STANDARD =
            """
            WITH owner AS (SELECT status FROM affiliate WHERE id = $4 FOR SHARE),
            wanted AS (
                SELECT text, key FROM unnest($5::text[], $6::text[]) WITH ORDINALITY AS w (text, key, place)
                 WHERE NOT EXISTS (SELECT FROM discount_code d WHERE d.code_key = w.key)
                 ORDER BY place LIMIT 1)
            INSERT INTO discount_code (id, program_id, enrollment_id, code, code_key, status, suspended, standard, created_at,
                                       updated_at)
            SELECT $1, $2, $3, text, key, 'active', owner.status <> 'active', true, $7, $7 FROM wanted, owner
            ON CONFLICT (enrollment_id) WHERE standard DO NOTHING
            RETURNING id, version
            """;
    /** By the affiliate's status as it is, whatever the order in which changes are told. */
    private static final String FOLLOW =
            """
            WITH owner AS (SELECT id, status <> 'active' AS suspended FROM affiliate WHERE id = $1 FOR SHARE)
            UPDATE discount_code d
               SET suspended = owner.suspended, updated_at = $2, version = nextval('change_version')
              FROM owner, enrollment e
             WHERE e.affiliate_id = owner.id AND d.enrollment_id = e.id AND d.suspended <> owner.suspended
            RETURNING d.id, d.version
            """;

    private static final String INSERT =
            """
            INSERT INTO discount_code (id, description, discount_type, value, currency, duration, duration_months, max_uses,
                                       max_uses_per_customer, minimum_plan, plans, products, stackable, status, starts_at,
                                       expires_at, updated_at, program_id, enrollment_id, code, code_key, suspended, batch_id,
                                       created_by, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                    $24, $25)
            RETURNING id, version
            """;
    private static final String UPDATE =
            """
            UPDATE discount_code
               SET description = $2, discount_type = $3, value = $4, currency = $5, duration = $6, duration_months = $7,
                   max_uses = $8, max_uses_per_customer = $9, minimum_plan = $10, plans = $11, products = $12,
                   stackable = $13, status = $14, starts_at = $15, expires_at = $16, updated_at = $17,
                   version = nextval('change_version')
             WHERE id = $1
            RETURNING id, version
            """;
    /** Longest over first, so that a run that ends early left the newest. */
    private static final String EXPIRE =
            """
            WITH over AS (
                SELECT id FROM discount_code WHERE status = 'active' AND expires_at <= $1
                 ORDER BY expires_at, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE discount_code d SET status = 'expired', updated_at = $1, version = nextval('change_version')
              FROM over WHERE d.id = over.id
            RETURNING d.id, d.version
            """;

    /** A code that was written, and its version then. */
    record Written(UUID id, long version) {}

    /**
     * The enrollment's own code, the first of the candidates that nobody has; a second time changes nothing. Fails with a
     * unique violation where another takes the same at the same moment, and may then be tried again.
     */
    Uni<List<Written>> insertStandard(
            SqlConnection tx,
            UUID id,
            UUID programId,
            UUID enrollmentId,
            UUID affiliateId,
            String wanted,
            Instant now) {
        List<String> texts = DiscountCodeText.candidates(wanted, enrollmentId).toList();
        Tuple row = Tuple.tuple()
                .addUUID(id)
                .addUUID(programId)
                .addUUID(enrollmentId)
                .addUUID(affiliateId)
                .addArrayOfString(texts.toArray(String[]::new))
                .addArrayOfString(texts.stream().map(DiscountCodeText::key).toArray(String[]::new))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(INSERT_STANDARD).execute(row).map(DiscountCodeRepository::written);
    }

    /** Suspends or brings back the codes of an affiliate, as its status is; answers those that changed. */
    Uni<List<Written>> follow(SqlConnection tx, UUID affiliateId, Instant now) {
        return tx.preparedQuery(FOLLOW)
                .execute(Tuple.of(affiliateId, now.atOffset(ZoneOffset.UTC)))
                .map(DiscountCodeRepository::written);
    }

    /** 409 where the text is taken, be it by an archived code. */
    Uni<List<Written>> insert(SqlConnection tx, DiscountCode c) {
        Tuple row = changeable(c)
                .addUUID(c.programId())
                .addUUID(c.enrollmentId())
                .addString(c.code())
                .addString(DiscountCodeText.key(c.code()))
                .addBoolean(c.suspended())
                .addUUID(c.batchId())
                .addString(c.createdBy())
                .addOffsetDateTime(at(c.createdAt()));
        return tx.preparedQuery(INSERT)
                .execute(row)
                .onFailure(Unique::violated)
                .transform(taken -> Unique.conflict("This code is taken"))
                .map(DiscountCodeRepository::written);
    }

    Uni<List<Written>> update(SqlConnection tx, DiscountCode c) {
        return tx.preparedQuery(UPDATE).execute(changeable(c)).map(DiscountCodeRepository::written);
    }

    /** Marks active codes whose end has come, at most so many. */
    Uni<List<Written>> expire(SqlConnection tx, Instant now, int atMost) {
        return tx.preparedQuery(EXPIRE).execute(Tuple.of(at(now), atMost)).map(DiscountCodeRepository::written);
    }

    private static Tuple changeable(DiscountCode c) {
        return Tuple.tuple(Arrays.asList(
                c.id(),
                c.description(),
                c.discount().type().word(),
                c.discount().value(),
                c.discount().currency(),
                c.discount().span().word(),
                c.discount().months(),
                c.limits().uses(),
                c.limits().usesPerCustomer(),
                c.scope().minimumPlan(),
                c.scope().plans().toArray(String[]::new),
                c.scope().products().toArray(String[]::new),
                c.stackable(),
                c.status().word(),
                at(c.startsAt()),
                at(c.expiresAt()),
                at(c.updatedAt())));
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static List<Written> written(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Written(row.getUUID("id"), row.getLong("version")))
                .toList();
    }
}
