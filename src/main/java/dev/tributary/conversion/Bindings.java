package dev.tributary.conversion;

import dev.tributary.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Binds the customers of accepted conversions; a lead of one that has signed up already is refused after all. */
@ApplicationScoped
class Bindings {
    private final ReferralRepository referrals;
    private final Ids ids;

    Bindings(ReferralRepository referrals, Ids ids) {
        this.referrals = referrals;
        this.ids = ids;
    }

    /** The same drafts in their order, repeated leads as rejected. */
    Uni<List<Draft>> bind(SqlConnection tx, List<Draft> drafts) {
        List<Draft> accepted =
                drafts.stream().filter(d -> d.is(Status.ACCEPTED)).toList();
        Set<EventKey> leads = accepted.stream()
                .filter(Bindings::isLeadOfSomebody)
                .map(Draft::customer)
                .collect(Collectors.toCollection(TreeSet::new));
        return referrals
                .bind(tx, Binding.of(accepted, ids::next))
                .chain(() -> referrals.leads(tx, leads))
                .map(known -> drafts.stream().map(draft -> once(draft, known)).toList());
    }

    private static Draft once(Draft draft, Map<EventKey, UUID> leads) {
        if (!draft.is(Status.ACCEPTED) || !isLeadOfSomebody(draft)) return draft;
        UUID lead = leads.get(draft.customer());
        return lead == null || lead.equals(draft.id()) ? draft : draft.rejected(Reason.DUPLICATE);
    }

    private static boolean isLeadOfSomebody(Draft draft) {
        return draft.event().kind() == Kind.LEAD && draft.customer() != null;
    }
}
