package dev.tributary.conversion.stripe;

import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.money.Money;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * A refund, whole or in part. The event tells the charge's total after it and before it; the difference is this refund,
 * known by the charge and that total, so that any number of them in any order count once each.
 */
@ApplicationScoped
class ChargeRefunded implements StripeEventHandler {
    private final Bookings bookings;
    private final PaidSales sales;

    ChargeRefunded(Bookings bookings, PaidSales sales) {
        this.bookings = bookings;
        this.sales = sales;
    }

    @Override
    public Set<String> types() {
        return Set.of("charge.refunded");
    }

    @Override
    public Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        JsonObject charge = event.object();
        long after = Fields.number(charge, "amount_refunded");
        long before = Fields.number(event.before(), "amount_refunded");
        String id = Fields.text(charge, "id");
        if (id == null || after <= before) return Uni.createFrom().item(StripeEffect.ignored("Nothing was refunded"));
        Money amount = StripeMoney.of(after - before, String.valueOf(Fields.text(charge, "currency")));
        return sales.of(tx, event, sale -> bookings.refund(tx, event, RefundKind.REFUND, id + ":" + after, sale, amount)
                .map(Bookings::refunded));
    }
}
