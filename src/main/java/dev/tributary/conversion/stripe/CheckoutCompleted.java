package dev.tributary.conversion.stripe;

import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Customers;
import dev.tributary.conversion.Customers.Bound;
import dev.tributary.money.Money;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finished checkout. In payment mode it is a sale, known by its payment intent; in every other mode it only binds the
 * customer, because what is paid then comes as invoices. A payment that takes days is a sale when it arrives.
 */
@ApplicationScoped
class CheckoutCompleted implements StripeEventHandler {
    private final Bookings bookings;
    private final Redeeming redeeming;
    private final Customers customers;
    private final StripeIdRepository ids;

    CheckoutCompleted(Bookings bookings, Redeeming redeeming, Customers customers, StripeIdRepository ids) {
        this.bookings = bookings;
        this.redeeming = redeeming;
        this.customers = customers;
        this.ids = ids;
    }

    @Override
    public Set<String> types() {
        return Set.of("checkout.session.completed", "checkout.session.async_payment_succeeded");
    }

    @Override
    public Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        JsonObject session = event.object();
        String stripeCustomer = Fields.id(session, "customer");
        String told = Hints.customer(session);
        Uni<Void> named = stripeCustomer != null && told != null
                ? ids.named(tx, event.ownerId(), stripeCustomer, told)
                : Uni.createFrom().voidItem();
        return named.chain(() -> customer(tx, event, stripeCustomer, told))
                .chain(customer -> "payment".equals(Fields.text(session, "mode"))
                        ? sale(tx, event, customer)
                        : bind(tx, event, customer));
    }

    private Uni<@Nullable String> customer(
            SqlConnection tx, StripeEvent event, @Nullable String stripeCustomer, @Nullable String told) {
        if (told != null || stripeCustomer == null) return Uni.createFrom().item(told);
        return ids.customer(tx, event.ownerId(), stripeCustomer).map(StripeIdRepository.Customer::externalId);
    }

    private Uni<StripeEffect> sale(SqlConnection tx, StripeEvent event, @Nullable String customer) {
        JsonObject session = event.object();
        if ("unpaid".equals(Fields.text(session, "payment_status")))
            return Uni.createFrom().item(StripeEffect.ignored("Nothing is paid yet; the payment is told by itself"));
        Money amount = StripeMoney.of(session, "amount_total");
        String intent = Fields.id(session, "payment_intent");
        String externalId = intent == null ? Fields.text(session, "id") : intent;
        if (externalId == null) return Uni.createFrom().item(StripeEffect.ignored("Nothing was paid"));
        if (amount.amount() <= 0)
            return redeeming
                    .free(tx, event.ownerId(), Hints.redemption(session), externalId, amount)
                    .replaceWith(StripeEffect.ignored("Nothing was paid"));
        Buyer buyer = Hints.buyer(
                Fields.text(session, "customer_details", "email"),
                Fields.text(session, "customer_details", "address", "country"));
        return redeeming
                .paid(tx, event.ownerId(), Hints.redemption(session), externalId, amount, Hints.touch(session))
                .chain(touch -> bookings.sale(
                        tx, event, new Bookings.Payment(externalId, customer, amount, List.of(), touch, buyer, null)));
    }

    private Uni<StripeEffect> bind(SqlConnection tx, StripeEvent event, @Nullable String customer) {
        return redeeming
                .begun(tx, event.ownerId(), event.object(), Hints.touch(event.object()))
                .chain(touch -> customer == null
                        ? Uni.createFrom().item(StripeEffect.ignored("There is no customer to bind"))
                        : customers
                                .bind(tx, event.ownerId(), customer, touch, event.createdAt())
                                .map(CheckoutCompleted::bound));
    }

    private static StripeEffect bound(Bound bound) {
        return switch (bound) {
            case BOUND -> StripeEffect.done("The customer is bound to an affiliate");
            case FREE -> StripeEffect.ignored("Nothing leads from the customer to an affiliate");
            case CLICK_MISSING -> StripeEffect.notYet("The click that it names has not landed");
        };
    }
}
