package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

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
}
