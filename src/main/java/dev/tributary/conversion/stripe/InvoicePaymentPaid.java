package dev.tributary.conversion.stripe;

import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Which payment intent paid which invoice: since 2025 charges name only the intent. */
@ApplicationScoped
class InvoicePaymentPaid implements StripeEventHandler {
    private final StripeIdRepository ids;

    InvoicePaymentPaid(StripeIdRepository ids) {
        this.ids = ids;
    }

    @Override
    public Set<String> types() {
        return Set.of("invoice_payment.paid");
    }

    @Override
    public Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        JsonObject payment = event.object();
        String invoice = Fields.id(payment, "invoice");
        String intent = Fields.id(payment, "payment", "payment_intent");
        if (invoice == null || intent == null)
            return Uni.createFrom().item(StripeEffect.ignored("No payment intent paid an invoice"));
        return ids.paid(tx, event.ownerId(), intent, invoice)
                .replaceWith(StripeEffect.done("Refunds of %s belong to %s".formatted(intent, invoice)));
    }
}
