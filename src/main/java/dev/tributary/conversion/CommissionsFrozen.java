package dev.tributary.conversion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Tells which conversions may not be decided anew, because a commission of theirs is no longer pending. Found by CDI; where
 * nobody answers, none is frozen.
 */
public interface CommissionsFrozen {
    /** Those of the conversions that stay as they are; asked with their rows locked. */
    Uni<Set<UUID>> among(SqlConnection tx, List<UUID> conversions);
}
