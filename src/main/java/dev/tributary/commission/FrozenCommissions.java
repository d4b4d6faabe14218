package dev.tributary.commission;

import dev.tributary.conversion.CommissionsFrozen;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Keeps a conversion's decision once a commission of it has moved on: what is payable is not given to somebody else. */
@ApplicationScoped
class FrozenCommissions implements CommissionsFrozen {
    private static final String FROZEN =
            """
            SELECT DISTINCT conversion_id FROM commission
             WHERE conversion_id = ANY ($1::uuid[]) AND (released OR status NOT IN ('pending', 'reversed'))
            """;

    @Override
    public Uni<Set<UUID>> among(SqlConnection tx, List<UUID> conversions) {
        return tx.preparedQuery(FROZEN)
                .execute(Tuple.of(conversions.toArray(UUID[]::new)))
                .map(rows -> {
                    Set<UUID> frozen = new HashSet<>();
                    rows.forEach(row -> frozen.add(row.getUUID(0)));
                    return frozen;
                });
    }
}
