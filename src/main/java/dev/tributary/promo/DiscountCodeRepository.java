package dev.tributary.promo;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The table {@code discount_code}. */
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
            """;
    /** By the affiliate's status as it is, whatever the order in which changes are told. */
    private static final String FOLLOW =
            """
            WITH owner AS (SELECT id, status <> 'active' AS suspended FROM affiliate WHERE id = $1 FOR SHARE)
            UPDATE discount_code d SET suspended = owner.suspended, updated_at = $2
              FROM owner, enrollment e
             WHERE e.affiliate_id = owner.id AND d.enrollment_id = e.id AND d.suspended <> owner.suspended
            """;

    /**
     * The enrollment's own code, the first of the candidates that nobody has; a second time changes nothing. Fails with a
     * unique violation where another takes the same at the same moment, and may then be tried again.
     */
    Uni<Void> insertStandard(
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
        return tx.preparedQuery(INSERT_STANDARD).execute(row).replaceWithVoid();
    }

    /** Suspends or brings back the codes of an affiliate, as its status is; answers how many changed. */
    Uni<Integer> follow(SqlConnection tx, UUID affiliateId, Instant now) {
        return tx.preparedQuery(FOLLOW)
                .execute(Tuple.of(affiliateId, now.atOffset(ZoneOffset.UTC)))
                .map(changed -> changed.rowCount());
    }
}
