package dev.tributary.promo;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Whose new codes are, locked against a change of the affiliate's status, which would miss a code not yet there. */
@ApplicationScoped
class CodeOwners {
    private static final String LOCK = "SELECT status <> 'active' FROM affiliate WHERE id = $1 FOR SHARE";

    /** An enrollment of an affiliate, and whether its codes are suspended. */
    record Owner(UUID enrollmentId, UUID affiliateId, boolean suspended) {}

    Uni<Owner> lock(SqlConnection tx, UUID enrollmentId, UUID affiliateId) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(affiliateId))
                .map(rows -> new Owner(
                        enrollmentId, affiliateId, rows.iterator().next().getBoolean(0)));
    }
}
