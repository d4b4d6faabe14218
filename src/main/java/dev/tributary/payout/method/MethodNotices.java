package dev.tributary.payout.method;

import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.RecipientNotices;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;

/** What providers tell of payees by themselves, such as Stripe of an account that may be paid now. */
@Singleton
class MethodNotices implements RecipientNotices {
    /** Twins are people of one household, not hundreds; those beyond are asked for by the job. */
    private static final int MOST = 20;

    private final PayoutMethodRepository repository;
    private final Destinations destinations;
    private final MethodOpenings openings;

    MethodNotices(PayoutMethodRepository repository, Destinations destinations, MethodOpenings openings) {
        this.repository = repository;
        this.destinations = destinations;
        this.openings = openings;
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, String rail, Recipient now) {
        return destinations
                .hash(rail, now.destination())
                .chain(hash -> repository.byHash(tx, rail, hash, MOST))
                .chain(found -> Multi.createFrom()
                        .iterable(found)
                        .onItem()
                        .transformToUniAndConcatenate(method -> openings.note(tx, method.id(), now))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }
}
