package dev.tributary.commission;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What enrollments have brought, by which tiers are reached, and the tier that the job gave them last. */
@ApplicationScoped
class TierRepository {
    private static final String STANDINGS =
            """
            SELECT e.id, e.program_id, e.affiliate_id, e.tier_id, t.tier_id AS given, t.enrollment_id IS NOT NULL AS assessed,
                   r.conversions, r.revenue
              FROM (SELECT id, program_id, affiliate_id, tier_id FROM enrollment
                     WHERE id > $1 AND status = 'active' AND program_id IN (SELECT program_id FROM tier)
                     ORDER BY id LIMIT $2) e
              JOIN program p ON p.id = e.program_id
              LEFT JOIN tier_assessment t ON t.enrollment_id = e.id
              CROSS JOIN LATERAL (%s) r
             ORDER BY e.id
            """
                    .formatted(Brought.sql("e.id", "p.currency"));

    private static final String KEEP =
            """
            INSERT INTO tier_assessment (enrollment_id, tier_id, assessed_at)
            SELECT enrollment_id, tier_id, $3 FROM unnest($1::uuid[], $2::uuid[]) AS n (enrollment_id, tier_id)
            ON CONFLICT (enrollment_id) DO UPDATE SET tier_id = excluded.tier_id, assessed_at = excluded.assessed_at
             WHERE tier_assessment.tier_id IS DISTINCT FROM excluded.tier_id
            """;

    /**
     * @param tierId the enrollment's now
     * @param byHand whether a person gave it that tier, and the job did not
     */
    record Standing(
            Party.Member member,
            UUID programId,
            @Nullable UUID tierId,
            boolean byHand,
            long conversions,
            long revenue) {}

    Uni<List<Standing>> standings(SqlConnection c, UUID after, int limit) {
        return c.preparedQuery(STANDINGS).execute(Tuple.of(after, limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(TierRepository::read)
                .toList());
    }

    private static Standing read(Row row) {
        UUID tier = row.getUUID("tier_id");
        UUID given = row.getUUID("given");
        boolean same = tier == null ? given == null : tier.equals(given);
        return new Standing(
                new Party.Member(row.getUUID("id"), row.getUUID("affiliate_id")),
                row.getUUID("program_id"),
                tier,
                !row.getBoolean("assessed") || !same,
                row.getLong("conversions"),
                row.getLong("revenue"));
    }

    /** Notes which tiers the job gave. */
    Uni<Void> keep(SqlConnection tx, List<UUID> enrollments, List<UUID> tiers, Instant at) {
        if (enrollments.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(
                        enrollments.toArray(UUID[]::new), tiers.toArray(UUID[]::new), at.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
