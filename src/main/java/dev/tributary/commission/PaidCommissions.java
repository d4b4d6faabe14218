package dev.tributary.commission;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The door through which payouts say what became of commissions, in the transaction that books it. Neither moves money here:
 * the payout's own entries do. What was refunded or held meanwhile keeps the status that says so.
 */
@ApplicationScoped
public class PaidCommissions {
    /**
     * Found by the index on their ids, so in the order in which everybody locks them; to lock them first by a query that says
     * so took half as long again (measured).
     */
    private static final String PAID =
            """
            UPDATE commission SET status = 'paid', paid_at = $2
             WHERE id = ANY ($1::uuid[]) AND status = 'approved'
            RETURNING id
            """;
    /** A reversed one forgets that it was paid, too: where it is won back it is payable. */
    private static final String UNPAID =
            """
            UPDATE commission SET status = CASE status WHEN 'paid' THEN 'approved' ELSE status END, paid_at = NULL
             WHERE id IN (SELECT id FROM commission WHERE id = ANY ($1::uuid[]) AND paid_at IS NOT NULL
                           ORDER BY id FOR NO KEY UPDATE)
            """;

    /** They are part of a payout that arrived; answers which: those that are not approved now stay as they are. */
    public Uni<Set<UUID>> paid(SqlConnection tx, List<UUID> ids, Instant at) {
        if (ids.isEmpty()) return Uni.createFrom().item(Set.of());
        return tx.preparedQuery(PAID)
                .execute(Tuple.of(ids.toArray(UUID[]::new), at.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    Set<UUID> paid = new HashSet<>();
                    rows.forEach(row -> paid.add(row.getUUID(0)));
                    return paid;
                });
    }

    /** Their payout came back: they are approved again, to be paid by the next. Answers how many. */
    public Uni<Integer> unpaid(SqlConnection tx, List<UUID> ids) {
        if (ids.isEmpty()) return Uni.createFrom().item(0);
        return tx.preparedQuery(UNPAID)
                .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
                .map(done -> done.rowCount());
    }
}
