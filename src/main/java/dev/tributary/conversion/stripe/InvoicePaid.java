package dev.tributary.conversion.stripe;

import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Line;
import dev.tributary.conversion.Touch;
import dev.tributary.conversion.stripe.StripeIdRepository.Customer;
import dev.tributary.money.Money;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A paid invoice: the sale of a subscription's period, known by the invoice's id. A subscription's first invoice often comes
 * before the checkout that says who referred the customer, so it waits for that for an hour.
 */
@ApplicationScoped
class InvoicePaid implements StripeEventHandler {
    /** Stripe sends both within seconds; an hour outlasts its first retries. */
    private static final Duration CHECKOUT = Duration.ofHours(1);

    private static final int MOST_CHARACTERS = 100;

    private final Bookings bookings;
    private final Redeeming redeeming;
    private final StripeIdRepository ids;
    private final Clock clock;

    InvoicePaid(Bookings bookings, Redeeming redeeming, StripeIdRepository ids, Clock clock) {
        this.bookings = bookings;
        this.redeeming = redeeming;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Set<String> types() {
        return Set.of("invoice.paid");
    }

    @Override
    public Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        JsonObject invoice = event.object();
        Money amount = StripeMoney.of(invoice, "amount_paid");
        String id = Fields.text(invoice, "id");
        String customer = Fields.id(invoice, "customer");
        if (id == null || customer == null)
            return Uni.createFrom().item(StripeEffect.refused("An invoice has an id and a customer"));
        if (amount.amount() <= 0) return Uni.createFrom().item(StripeEffect.ignored("Nothing was paid, as in a trial"));
        return ids.customer(tx, event.ownerId(), customer).chain(known -> book(tx, event, id, known, amount));
    }

    private Uni<StripeEffect> book(SqlConnection tx, StripeEvent event, String id, Customer customer, Money amount) {
        JsonObject invoice = event.object();
        JsonObject parent = Fields.object(Fields.object(invoice, "parent"), "subscription_details");
        JsonObject older = Fields.object(invoice, "subscription_details");
        UUID redemption = Hints.redemption(invoice, parent, older);
        return redeeming
                .paid(tx, event.ownerId(), redemption, id, amount, Hints.touch(invoice, parent, older))
                .chain(touch -> book(tx, event, id, customer, amount, touch));
    }

    private Uni<StripeEffect> book(
            SqlConnection tx, StripeEvent event, String id, Customer customer, Money amount, Touch touch) {
        JsonObject invoice = event.object();
        JsonObject parent = Fields.object(Fields.object(invoice, "parent"), "subscription_details");
        boolean first = "subscription_create".equals(Fields.text(invoice, "billing_reason"));
        boolean fresh = clock.instant().isBefore(event.receivedAt().plus(CHECKOUT));
        if (first && fresh && !customer.bound() && touch.equals(Touch.NONE))
            return Uni.createFrom()
                    .item(StripeEffect.notYet("Its checkout, which may bind the customer, is waited for"));
        String subscription = Fields.id(parent, "subscription");
        Bookings.Payment paid = new Bookings.Payment(
                id,
                customer.externalId(),
                amount,
                lines(invoice),
                touch,
                Hints.buyer(
                        Fields.text(invoice, "customer_email"), Fields.text(invoice, "customer_address", "country")),
                subscription == null ? Fields.id(invoice, "subscription") : subscription);
        return bookings.sale(tx, event, paid);
    }

    /** Products with what they cost; none where there are credits among them, which belong to no product. */
    private static List<Line> lines(JsonObject invoice) {
        List<JsonObject> data = Fields.list(invoice, "lines");
        boolean plain = data.size() <= Incoming.MOST_LINES
                && data.stream().allMatch(line -> Fields.number(line, "amount") >= 0);
        return plain ? data.stream().map(InvoicePaid::line).toList() : List.of();
    }

    private static Line line(JsonObject line) {
        String product = Fields.text(line, "pricing", "price_details", "product");
        if (product == null) product = Fields.id(line, "price", "product");
        String sku = product == null || product.length() > MOST_CHARACTERS ? "" : product;
        int quantity = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Fields.number(line, "quantity")));
        return new Line(sku, "", StripeMoney.of(line, "amount").amount(), quantity);
    }
}
