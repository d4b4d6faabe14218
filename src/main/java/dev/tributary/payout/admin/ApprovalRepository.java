package dev.tributary.payout.admin;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The table {@code payout_approval}: who has approved which payout. */
@ApplicationScoped
class ApprovalRepository {
    private static final String ADD =
            """
            INSERT INTO payout_approval (payout_id, account, at) SELECT unnest($1::uuid[]), $2, $3 ON CONFLICT DO NOTHING
            """;
    private static final String OF =
            "SELECT payout_id, account FROM payout_approval WHERE payout_id = ANY ($1::uuid[])";

    /** The payouts are locked. */
    Uni<Void> add(SqlConnection tx, Collection<UUID> payouts, String account, Instant at) {
        if (payouts.isEmpty()) return Uni.createFrom().voidItem();
        return tx.preparedQuery(ADD)
                .execute(Tuple.of(payouts.toArray(UUID[]::new), account, at.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Nothing for those that nobody has approved. */
    Uni<Map<UUID, Set<String>>> of(SqlConnection c, Collection<UUID> payouts) {
        return c.preparedQuery(OF)
                .execute(Tuple.of(payouts.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Set<String>> accounts = new HashMap<>();
                    for (Row row : rows)
                        accounts.computeIfAbsent(row.getUUID("payout_id"), none -> new HashSet<>())
                                .add(row.getString("account"));
                    return accounts;
                });
    }
}
