package dev.tributary.payout.method;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where affiliates are paid, for those who pay. */
@ApplicationScoped
public class PayoutMethods {
    /** A chunk of a run. */
    public static final int MOST = 1_000;

    private final PayoutMethodRepository repository;
    private final Destinations destinations;
    private final Confirmation confirmation;

    PayoutMethods(PayoutMethodRepository repository, Destinations destinations, Confirmation confirmation) {
        this.repository = repository;
        this.destinations = destinations;
        this.confirmation = confirmation;
    }

    /**
     * The way of each of these affiliates, at most {@value #MOST}: the one for the currency, else one for another; nothing for
     * who has none.
     */
    public Uni<Map<UUID, Way>> of(SqlConnection c, Collection<UUID> affiliateIds, String currency) {
        return repository.ways(c, affiliateIds, currency);
    }

    /** The rail's own name of the payee, such as {@code acct_...}; empty where the method is not active now. */
    public Uni<Optional<String>> open(SqlConnection c, UUID methodId) {
        return open(c, List.of(methodId)).map(found -> Optional.ofNullable(found.get(methodId)));
    }

    /** The same of at most {@value #MOST}; those that are not active are left out. */
    public Uni<Map<UUID, String>> open(SqlConnection c, Collection<UUID> methodIds) {
        return repository.sealed(c, methodIds).map(destinations::open);
    }

    /** The word that confirms a method, for whoever writes to its owner and for nobody else; empty where nothing is to confirm. */
    public Uni<Optional<String>> confirmation(SqlConnection c, UUID methodId) {
        return repository.find(c, methodId).chain(found -> {
            if (found.filter(m -> m.state() == MethodState.PENDING_CONFIRMATION).isEmpty())
                return Uni.createFrom().item(Optional.empty());
            return confirmation.of(found.get()).map(Optional::of);
        });
    }
}
