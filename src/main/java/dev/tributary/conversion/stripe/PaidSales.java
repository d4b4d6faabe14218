package dev.tributary.conversion.stripe;

import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/** Finds the sale that a charge or a dispute belongs to: by the invoice that it names, or by its payment intent. */
@ApplicationScoped
class PaidSales {
    private final StripeIdRepository ids;

    PaidSales(StripeIdRepository ids) {
        this.ids = ids;
    }

    /** Goes on with the sale's external id; waits where the payment is not known, because Stripe keeps no order. */
    Uni<StripeEffect> of(SqlConnection tx, StripeEvent event, Function<String, Uni<StripeEffect>> next) {
        JsonObject object = event.object();
        String invoice = Fields.id(object, "invoice");
        if (invoice != null) return next.apply(invoice);
        String intent = Fields.id(object, "payment_intent");
        if (intent == null) return Uni.createFrom().item(StripeEffect.ignored("It belongs to no payment intent"));
        return ids.sale(tx, event.ownerId(), intent).chain(sale -> found(sale, intent, next));
    }

    private static Uni<StripeEffect> found(
            Optional<String> sale, String intent, Function<String, Uni<StripeEffect>> next) {
        return sale.map(next)
                .orElseGet(() -> Uni.createFrom().item(StripeEffect.notYet("The payment " + intent + " is not known")));
    }
}
