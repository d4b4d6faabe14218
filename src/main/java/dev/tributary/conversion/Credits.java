package dev.tributary.conversion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who is credited with conversions by the decision that counts: those that earn or did, and nobody else. */
@ApplicationScoped
class Credits {
    private static final String READ =
            """
            SELECT a.conversion_id, a.enrollment_id, a.affiliate_id, a.link_id, a.src, a.weight_bps
              FROM conversion v JOIN attribution a ON a.conversion_id = v.id AND a.decision = v.decision
             WHERE v.id = ANY ($1::uuid[]) AND v.status IN ('accepted', 'refunded')
             ORDER BY a.conversion_id, a.weight_bps DESC, a.enrollment_id
            """;

    Uni<Map<UUID, List<Credit>>> of(SqlConnection c, List<UUID> conversions) {
        if (conversions.isEmpty()) return Uni.createFrom().item(Map.of());
        return c.preparedQuery(READ)
                .execute(Tuple.of(conversions.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, List<Credit>> byId = new HashMap<>();
                    for (Row row : rows)
                        byId.computeIfAbsent(row.getUUID("conversion_id"), id -> new ArrayList<>())
                                .add(read(row));
                    return byId;
                });
    }

    private static Credit read(Row row) {
        return new Credit(
                row.getUUID("enrollment_id"),
                row.getUUID("affiliate_id"),
                row.getUUID("link_id"),
                row.getString("src"),
                row.getInteger("weight_bps"));
    }
}
