package dev.tributary.program;

import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts together what an affiliate sees of themselves: who they are, where they are enrolled, and how far they have come. */
@ApplicationScoped
class Profiles {
    private final Affiliates affiliates;
    private final MembershipQueries memberships;
    private final Tiers tiers;
    private final Instance<TierProgress> progress;
    private final Clock clock;

    Profiles(
            Affiliates affiliates,
            MembershipQueries memberships,
            Tiers tiers,
            Instance<TierProgress> progress,
            Clock clock) {
        this.affiliates = affiliates;
        this.memberships = memberships;
        this.tiers = tiers;
        this.progress = progress;
        this.clock = clock;
    }

    /** With the program that was asked for, or the only one. 404 where they are not in the program that was asked for. */
    Uni<ProfileView> of(SqlConnection c, UUID affiliateId, @Nullable UUID programId) {
        return Uni.combine()
                .all()
                .unis(affiliates.find(c, affiliateId), memberships.of(c, affiliateId, programId))
                .asTuple()
                .chain(found -> {
                    Affiliate affiliate = found.getItem1().orElseThrow(() -> Problem.notFound("Affiliate"));
                    return view(c, affiliate, found.getItem2(), programId);
                });
    }

    private Uni<ProfileView> view(SqlConnection c, Affiliate affiliate, List<Membership> in, @Nullable UUID programId) {
        if (programId != null && in.isEmpty()) throw Problem.notFound("Program");
        if (in.size() != 1) return Uni.createFrom().item(ProfileView.of(affiliate, in, null));
        return membership(c, in.get(0)).map(shown -> ProfileView.of(affiliate, in, shown));
    }

    private Uni<MembershipView> membership(SqlConnection c, Membership in) {
        Enrollment enrollment = in.enrollment();
        return Uni.combine()
                .all()
                .unis(tiers.of(c, enrollment.programId()), progress.get().of(c, enrollment.id()))
                .asTuple()
                .map(found -> MembershipView.of(
                        in, TierPath.of(found.getItem1(), enrollment.tierId()), found.getItem2(), clock.instant()));
    }
}
