package dev.tributary.payout;

import dev.tributary.commission.PaidCommissions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The table {@code payout_commission}: what each payout is for. A commission is in one payout that stands, or in none. */
@ApplicationScoped
class AttachmentRepository {
    /**
     * All that is payable of these payouts' enrollments. Their balances are locked, so nothing becomes payable or is taken back
     * meanwhile; what an amount of theirs does not explain was carried from before. OFFSET keeps the search by enrollment: for a
     * thousand payouts the planner would rather read all commissions there are, of the whole table, each time.
     */
    private static final String ATTACH =
            """
            INSERT INTO payout_commission (payout_id, commission_id, amount_minor)
            SELECT p.id, c.id, c.amount_minor
              FROM payout p
             CROSS JOIN LATERAL (
                   SELECT m.id, m.amount_minor FROM commission m
                    WHERE m.enrollment_id = p.enrollment_id AND m.currency = p.currency AND m.status = 'approved' OFFSET 0) c
             WHERE p.id = ANY ($1::uuid[])
             ORDER BY p.id, c.id
            ON CONFLICT (commission_id) WHERE live DO NOTHING
            """;

    private static final String LIVE =
            """
            SELECT commission_id FROM payout_commission WHERE payout_id = ANY ($1::uuid[]) AND live ORDER BY commission_id
            """;
    private static final String DETACH =
            """
            UPDATE payout_commission SET live = false WHERE payout_id = ANY ($1::uuid[]) AND live RETURNING commission_id
            """;

    private static final String LEAVE =
            """
            UPDATE payout_commission SET live = false WHERE commission_id = ANY ($1::uuid[]) AND live
            """;

    private final PaidCommissions commissions;

    AttachmentRepository(PaidCommissions commissions) {
        this.commissions = commissions;
    }

    /** Answers how many. */
    Uni<Integer> attach(SqlConnection tx, List<UUID> payouts) {
        return tx.preparedQuery(ATTACH).execute(ids(payouts)).map(done -> done.rowCount());
    }

    /** These arrived. What was refunded or held meanwhile is free for a later one, should it come back. */
    Uni<Void> paid(SqlConnection tx, List<UUID> payouts, Instant now) {
        if (payouts.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(LIVE)
                .execute(ids(payouts))
                .map(AttachmentRepository::commissions)
                .chain(found -> commissions.paid(tx, found, now).chain(paid -> leave(tx, found, paid)));
    }

    private static Uni<Void> leave(SqlConnection tx, List<UUID> found, Set<UUID> paid) {
        List<UUID> others = found.stream().filter(each -> !paid.contains(each)).toList();
        if (others.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(LEAVE).execute(ids(others)).replaceWithVoid();
    }

    /** These did not arrive or came back whole: what they were for is payable again. */
    Uni<Void> detach(SqlConnection tx, List<UUID> payouts) {
        if (payouts.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(DETACH)
                .execute(ids(payouts))
                .map(AttachmentRepository::commissions)
                .chain(found -> commissions.unpaid(tx, found))
                .replaceWithVoid();
    }

    private static Tuple ids(List<UUID> ids) {
        return Tuple.of((Object) ids.toArray(UUID[]::new));
    }

    private static List<UUID> commissions(Iterable<Row> rows) {
        List<UUID> found = new ArrayList<>();
        for (Row row : rows) found.add(row.getUUID(0));
        return found;
    }
}
