package dev.tributary.conversion;

import dev.tributary.conversion.attribution.Attributions;
import dev.tributary.conversion.attribution.Decision;
import dev.tributary.conversion.attribution.Evidence;
import dev.tributary.conversion.attribution.Winner;
import dev.tributary.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Binds customers without anything sold or signed up, as a checkout does that only begins a trial. */
@ApplicationScoped
public class Customers {
    private final Attributions attributions;
    private final ReferralRepository referrals;
    private final Ids ids;

    Customers(Attributions attributions, ReferralRepository referrals, Ids ids) {
        this.attributions = attributions;
        this.referrals = referrals;
        this.ids = ids;
    }

    /** How it ended. */
    public enum Bound {
        /** It is bound now to whom the touch led, or was bound before. */
        BOUND,
        /** Nothing leads to an affiliate. */
        FREE,
        /** The click that it names has not landed, and nothing else leads to anybody. */
        CLICK_MISSING
    }

    /** Binds a customer that is still free; whoever is bound stays so. */
    public Uni<Bound> bind(SqlConnection tx, UUID programId, String customer, Touch touch, Instant at) {
        UUID by = ids.next();
        Evidence evidence = new Evidence(
                by,
                1,
                programId,
                at,
                touch.affiliateId(),
                touch.promoCode(),
                touch.clickId(),
                customer,
                touch.visitorId(),
                true);
        return attributions
                .decide(tx, List.of(evidence))
                .map(decisions -> decisions.get(0))
                .chain(decision -> bind(tx, new EventKey(programId, customer), decision, at));
    }

    private Uni<Bound> bind(SqlConnection tx, EventKey customer, Decision decision, Instant at) {
        Optional<Winner> winner = decision.foremost();
        if (winner.isEmpty()) return Uni.createFrom().item(decision.clickMissing() ? Bound.CLICK_MISSING : Bound.FREE);
        Binding binding = new Binding(ids.next(), customer, winner.get(), at, null, null, decision.conversionId());
        return referrals.bind(tx, List.of(binding)).replaceWith(Bound.BOUND);
    }
}
