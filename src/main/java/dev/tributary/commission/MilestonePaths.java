package dev.tributary.commission;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** How far an affiliate is with the milestones of a program, for whoever shows it. */
@ApplicationScoped
public class MilestonePaths {
    private final AwardRepository repository;

    MilestonePaths(AwardRepository repository) {
        this.repository = repository;
    }

    /** Referrals are counted up to the highest milestone and no further. */
    public Uni<MilestoneView.Path> of(SqlConnection c, UUID programId, UUID enrollmentId, UUID affiliateId) {
        Party.Member me = new Party.Member(enrollmentId, affiliateId);
        return repository.standings(c, programId, enrollmentId).chain(standings -> {
            long highest = standings.stream()
                    .mapToLong(each -> each.milestone().threshold())
                    .max()
                    .orElse(0);
            return repository
                    .converted(c, programId, me, highest)
                    .map(count -> MilestoneView.Path.of(programId, standings, count));
        });
    }
}
