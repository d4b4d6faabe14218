package dev.tributary.affiliate;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/** Tells whose a public code is; implemented by the rooms downstream that give codes out, found by CDI. */
public interface CodeOwners {
    /** The affiliate with this code, in any case, or empty where it is none of this room's. */
    Uni<Optional<UUID>> affiliateOf(SqlConnection c, String code);
}
