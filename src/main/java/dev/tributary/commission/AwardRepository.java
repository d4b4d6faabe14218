package dev.tributary.commission;

import dev.tributary.conversion.DueConversion;
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

/** The tables {@code milestone_due} and {@code milestone_award}, and the count that milestones go by. */
@ApplicationScoped
class AwardRepository {
    /** Who marks waits for whoever counts now, so that nothing is counted before it is committed and then forgotten. */
    private static final String MARK =
            """
            INSERT INTO milestone_due AS d (enrollment_id)
            SELECT DISTINCT r.enrollment_id
              FROM unnest($1::uuid[], $2::text[]) AS sold (program_id, customer_external_id)
              JOIN referral r USING (program_id, customer_external_id)
             WHERE EXISTS (SELECT FROM milestone m WHERE m.program_id = sold.program_id AND m.active)
                OR EXISTS (SELECT FROM milestone_award a WHERE a.enrollment_id = r.enrollment_id)
             ORDER BY r.enrollment_id
            ON CONFLICT (enrollment_id) DO UPDATE SET enrollment_id = d.enrollment_id
            """;

    private static final String TAKE =
            """
            SELECT d.enrollment_id, e.program_id, e.affiliate_id, p.hold_days
              FROM milestone_due d JOIN enrollment e ON e.id = d.enrollment_id JOIN program p ON p.id = e.program_id
             ORDER BY d.enrollment_id LIMIT $1 FOR UPDATE OF d SKIP LOCKED
            """;
    private static final String DONE = "DELETE FROM milestone_due WHERE enrollment_id = $1";
    private static final String MARK_PROGRAM =
            """
            INSERT INTO milestone_due AS d (enrollment_id)
            SELECT e.id FROM enrollment e
             WHERE e.program_id = $1 AND EXISTS (SELECT FROM referral r WHERE r.affiliate_id = e.affiliate_id
                                                    AND r.program_id = $1 AND r.converted_at IS NOT NULL)
             ORDER BY e.id
            ON CONFLICT (enrollment_id) DO UPDATE SET enrollment_id = d.enrollment_id
            """;
    /** Counted no further than anybody asks. */
    static final String CONVERTED =
            """
            SELECT count(*) FROM (
              SELECT FROM referral r
               WHERE r.affiliate_id = $1 AND r.program_id = $2 AND r.enrollment_id = $3 AND r.converted_at IS NOT NULL
                 AND EXISTS (SELECT FROM conversion v
                              WHERE v.program_id = r.program_id AND v.customer_external_id = r.customer_external_id
                                AND v.kind = 'sale' AND v.status = 'accepted'
                                AND (v.amount_minor = 0 OR v.refunded_minor < v.amount_minor))
               LIMIT $4) counted
            """;

    private static final String STANDINGS =
            """
            SELECT m.id, m.program_id, m.name, m.threshold, m.bonus_minor, m.currency, m.description, m.active, m.clawback,
                   m.position, m.created_at, m.updated_at, coalesce(m.clawback, p.milestone_clawback) AS follows,
                   a.id AS award_id, a.awarded_at
              FROM milestone m JOIN program p ON p.id = m.program_id
              LEFT JOIN milestone_award a ON a.milestone_id = m.id AND a.enrollment_id = $2
             WHERE m.program_id = $1 AND (m.active OR a.id IS NOT NULL)
             ORDER BY m.threshold, m.position, m.id
            """;
    private static final String AWARD =
            """
            INSERT INTO milestone_award (id, milestone_id, enrollment_id, bonus_minor, awarded_at)
            VALUES ($1, $2, $3, $4, $5)
            """;
    private static final String OF_AWARDS = CommissionRepository.COLUMNS
            + " WHERE source_kind = 'milestone' AND source_id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE";

    /** One whose referrals are to be counted. */
    record Due(UUID programId, Party.Member member, int holdDays) {}

    /**
     * A milestone, and the award of it where there is one.
     *
     * @param follows whether refunds take the bonus back
     */
    record Standing(Milestone milestone, boolean follows, @Nullable UUID awardId, @Nullable Instant awardedAt) {
        /** What should stand of the award's commission, by the referrals that count now. */
        long due(Commission commission, long count) {
            if (count >= milestone.threshold()) return commission.grossMinor();
            return follows ? 0 : commission.amountMinor();
        }
    }

    Uni<Void> mark(SqlConnection tx, List<DueConversion> booked) {
        List<DueConversion> named =
                booked.stream().filter(each -> each.customer() != null).toList();
        if (named.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(MARK)
                .execute(Tuple.of(
                        named.stream().map(DueConversion::programId).toArray(UUID[]::new),
                        named.stream().map(DueConversion::customer).toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** Everybody who has a referral that bought, as when a milestone is new or changes. */
    Uni<Void> markProgram(SqlConnection tx, UUID programId) {
        return tx.preparedQuery(MARK_PROGRAM).execute(Tuple.of(programId)).replaceWithVoid();
    }

    Uni<List<Due>> take(SqlConnection tx, int limit) {
        return tx.preparedQuery(TAKE).execute(Tuple.of(limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Due(
                        row.getUUID("program_id"),
                        new Party.Member(row.getUUID("enrollment_id"), row.getUUID("affiliate_id")),
                        row.getInteger("hold_days")))
                .toList());
    }

    Uni<Void> done(SqlConnection tx, Due due) {
        return tx.preparedQuery(DONE)
                .execute(Tuple.of(due.member().enrollmentId()))
                .replaceWithVoid();
    }

    Uni<Long> converted(SqlConnection c, UUID programId, Party.Member member, long atMost) {
        return c.preparedQuery(CONVERTED)
                .execute(Tuple.of(member.affiliateId(), programId, member.enrollmentId(), atMost))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** From the lowest threshold up. */
    Uni<List<Standing>> standings(SqlConnection c, UUID programId, UUID enrollmentId) {
        return c.preparedQuery(STANDINGS)
                .execute(Tuple.of(programId, enrollmentId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AwardRepository::read)
                        .toList());
    }

    private static Standing read(Row row) {
        UUID award = row.getUUID("award_id");
        return new Standing(
                MilestoneRepository.read(row),
                row.getBoolean("follows"),
                award,
                award == null ? null : row.getOffsetDateTime("awarded_at").toInstant());
    }

    Uni<Void> award(SqlConnection tx, UUID id, Milestone milestone, UUID enrollmentId, Instant at) {
        return tx.preparedQuery(AWARD)
                .execute(
                        Tuple.of(id, milestone.id(), enrollmentId, milestone.bonusMinor(), at.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** The commissions of these awards, locked. */
    Uni<List<Commission>> lock(SqlConnection tx, List<UUID> awards) {
        if (awards.isEmpty()) return Uni.createFrom().item(List.of());
        return tx.preparedQuery(OF_AWARDS)
                .execute(Tuple.of(awards.toArray(UUID[]::new)))
                .map(CommissionRepository::read);
    }
}
