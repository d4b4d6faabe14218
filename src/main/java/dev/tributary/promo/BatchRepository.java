package dev.tributary.promo;

import io.smallrye.mutiny.Uni;
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

/** Writes codes of the table {@code discount_code} that were generated together. */
@ApplicationScoped
class BatchRepository {
    /** All have one version: ten thousand of them would be more than readers of changes look back for. */
    private static final String INSERT =
            """
            INSERT INTO discount_code (id, code, code_key, program_id, enrollment_id, description, discount_type, value, currency,
                                       duration, duration_months, max_uses, max_uses_per_customer, minimum_plan, plans,
                                       products, stackable, status, suspended, starts_at, expires_at, batch_id, created_by,
                                       created_at, updated_at, version)
            SELECT t.id, t.code, t.key, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                   $22, $23, $24, $24, (SELECT nextval('change_version'))
              FROM unnest($1::uuid[], $2::text[], $3::text[]) AS t (id, code, key)
             ORDER BY t.key
            ON CONFLICT (code_key) DO NOTHING
            RETURNING code
            """;

    /** Answers the texts that nobody had. */
    Uni<List<String>> insert(SqlConnection tx, UUID batch, DiscountCode like, List<UUID> ids, List<String> texts) {
        Tuple row = Tuple.tuple(Arrays.asList(
                ids.toArray(UUID[]::new),
                texts.toArray(String[]::new),
                texts.stream().map(DiscountCodeText::key).toArray(String[]::new),
                like.programId(),
                like.enrollmentId(),
                like.description(),
                like.discount().type().word(),
                like.discount().value(),
                like.discount().currency(),
                like.discount().span().word(),
                like.discount().months(),
                like.limits().uses(),
                like.limits().usesPerCustomer(),
                like.scope().minimumPlan(),
                like.scope().plans().toArray(String[]::new),
                like.scope().products().toArray(String[]::new),
                like.stackable(),
                like.status().word(),
                like.suspended(),
                at(like.startsAt()),
                at(like.expiresAt()),
                batch,
                like.createdBy(),
                at(like.createdAt())));
        return tx.preparedQuery(INSERT).execute(row).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(made -> made.getString(0))
                .toList());
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
