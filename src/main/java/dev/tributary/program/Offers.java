package dev.tributary.program;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/**
 * What programs offer now, remembered for a second: it is part of every look at a profile and the same for all affiliates
 * of a program.
 */
@ApplicationScoped
public class Offers {
    private final RecentOffers recent;
    private final TierRepository tiers;
    private final AgreementRepository agreements;
    private final Clock clock;

    Offers(RecentOffers recent, TierRepository tiers, AgreementRepository agreements, Clock clock) {
        this.recent = recent;
        this.tiers = tiers;
        this.agreements = agreements;
        this.clock = clock;
    }

    /** A second old at most; here, never older than the last change that this instance made. */
    public Uni<Offer> of(SqlConnection c, UUID programId) {
        Offer here = recent.find(programId);
        if (here != null) return Uni.createFrom().item(here);
        RecentOffers.Look look = recent.look();
        return Uni.combine()
                .all()
                .unis(agreements.current(c, programId, clock.instant()), tiers.of(c, programId))
                .asTuple()
                .map(found ->
                        new Offer(found.getItem1().map(Agreement::withoutTerms).orElse(null), found.getItem2()))
                .invoke(offer -> recent.keep(programId, offer, look));
    }
}
