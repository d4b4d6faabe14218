package dev.tributary.payout;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the tables of other rooms say of those who may be paid. */
@ApplicationScoped
class CandidateRepository {
    private static final String AFTER =
            """
            SELECT id FROM enrollment WHERE program_id = $1 AND id > $2 ORDER BY id LIMIT $3
            """;
    private static final String DAILY_AFTER =
            """
            SELECT e.id FROM enrollment e JOIN payout_schedule s ON s.enrollment_id = e.id
             WHERE e.program_id = $1 AND e.id > $2 ORDER BY e.id LIMIT $3
            """;
    /** Who reached no tier has the lowest, where that asks for nothing. */
    private static final String FACTS =
            """
            SELECT e.id, e.affiliate_id, e.status AS enrollment, a.status AS affiliate, a.fraud_status = 'held' AS held,
                   CASE WHEN e.tier_id IS NULL THEN l.min_payout_minor ELSE t.min_payout_minor END AS minimum,
                   coalesce(b.available, 0) AS available,
                   EXISTS (SELECT FROM payout p WHERE p.enrollment_id = e.id AND p.currency = $2
                              AND p.state IN ('requested', 'approved', 'submitted', 'unknown')) AS payout_open
              FROM enrollment e
              JOIN affiliate a ON a.id = e.affiliate_id
              LEFT JOIN tier t ON t.id = e.tier_id
              LEFT JOIN ledger_balance b ON b.enrollment_id = e.id AND b.currency = $2
              LEFT JOIN LATERAL (SELECT min_payout_minor FROM tier
                                  WHERE program_id = e.program_id AND e.tier_id IS NULL
                                    AND min_conversions = 0 AND min_revenue_minor = 0
                                  ORDER BY rank LIMIT 1) AS l ON true
             WHERE e.id = ANY ($1::uuid[])
             ORDER BY e.id
            """;

    /** @param minimumMinor of the tier, or null */
    record Facts(
            UUID enrollmentId,
            UUID affiliateId,
            Candidate.Standing standing,
            long availableMinor,
            @Nullable Long minimumMinor,
            boolean payoutOpen) {}

    /** A program's enrollments after one, in the order of their ids. */
    Uni<List<UUID>> after(SqlConnection c, UUID program, UUID last, int limit, boolean daily) {
        return c.preparedQuery(daily ? DAILY_AFTER : AFTER)
                .execute(Tuple.of(program, last, limit))
                .map(rows -> {
                    List<UUID> ids = new ArrayList<>(rows.size());
                    for (Row row : rows) ids.add(row.getUUID(0));
                    return ids;
                });
    }

    Uni<List<Facts>> facts(SqlConnection c, Collection<UUID> enrollments, String currency) {
        return c.preparedQuery(FACTS)
                .execute(Tuple.of(enrollments.toArray(UUID[]::new), currency))
                .map(rows -> {
                    List<Facts> facts = new ArrayList<>(rows.size());
                    for (Row row : rows) facts.add(facts(row));
                    return facts;
                });
    }

    private static Facts facts(Row row) {
        return new Facts(
                row.getUUID("id"),
                row.getUUID("affiliate_id"),
                standing(row.getString("enrollment"), row.getString("affiliate"), row.getBoolean("held")),
                row.getLong("available"),
                row.getLong("minimum"),
                row.getBoolean("payout_open"));
    }

    /** Who rests is paid what was earned; who is stopped or gone is not without a person. */
    private static Candidate.Standing standing(String enrollment, String affiliate, boolean held) {
        return new Candidate.Standing(
                isIn(enrollment) && isIn(affiliate), stopped(enrollment) || stopped(affiliate), held);
    }

    private static boolean isIn(String status) {
        return status.equals("active") || status.equals("paused") || stopped(status);
    }

    private static boolean stopped(String status) {
        return status.equals("suspended") || status.equals("banned");
    }
}
