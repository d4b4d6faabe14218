package dev.tributary.conversion.stripe;

import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** A subscription that ended: its customer has left. */
@ApplicationScoped
class SubscriptionDeleted implements StripeEventHandler {
    private final Bookings bookings;
    private final StripeIdRepository ids;

    SubscriptionDeleted(Bookings bookings, StripeIdRepository ids) {
        this.bookings = bookings;
        this.ids = ids;
    }

    @Override
    public Set<String> types() {
        return Set.of("customer.subscription.deleted");
    }

    @Override
    public Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        String customer = Fields.id(event.object(), "customer");
        if (customer == null) return Uni.createFrom().item(StripeEffect.refused("A subscription has a customer"));
        return ids.customer(tx, event.ownerId(), customer)
                .chain(known -> bookings.churn(tx, event, known.externalId()))
                .map(left -> left
                        ? StripeEffect.done("The customer has left")
                        : StripeEffect.ignored("The customer was nobody's, or never bought"));
    }
}
