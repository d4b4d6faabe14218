package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tiers of programs, for the rooms downstream. */
@ApplicationScoped
public class Tiers {
    private final TierRepository tiers;

    Tiers(TierRepository tiers) {
        this.tiers = tiers;
    }

    /** A program's tiers from the lowest rank up, at most {@value Tier#MOST}. */
    public Uni<List<Tier>> of(SqlConnection c, UUID programId) {
        return tiers.of(c, programId);
    }

    /** Gives enrollments other tiers of their program; null takes a tier away. The redirect does not read them. */
    public Uni<Void> give(SqlConnection tx, Map<UUID, @Nullable UUID> byEnrollment, Instant at) {
        return byEnrollment.isEmpty() ? Uni.createFrom().voidItem() : tiers.give(tx, byEnrollment, at);
    }
}
