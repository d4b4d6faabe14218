package dev.tributary.conversion.stripe;

import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.conversion.RefundOutcome;
import dev.tributary.conversion.RefundOutcome.Result;
import dev.tributary.money.Money;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * A dispute takes its amount at once, an inquiry (a status that begins with {@code warning}) nothing; one that is won gives
 * back what it took. Each is told by two events, in any order, and counts once.
 */
@ApplicationScoped
class ChargeDisputed implements StripeEventHandler {
    private final Bookings bookings;
    private final PaidSales sales;
    private final StripeIdRepository ids;

    ChargeDisputed(Bookings bookings, PaidSales sales, StripeIdRepository ids) {
        this.bookings = bookings;
        this.sales = sales;
        this.ids = ids;
    }

    @Override
    public Set<String> types() {
        return Set.of(
                "charge.dispute.created",
                "charge.dispute.funds_withdrawn",
                "charge.dispute.funds_reinstated",
                "charge.dispute.closed");
    }

    @Override
    public Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        JsonObject dispute = event.object();
        String id = Fields.text(dispute, "id");
        String status = String.valueOf(Fields.text(dispute, "status"));
        if (id == null) return Uni.createFrom().item(StripeEffect.refused("A dispute has an id"));
        boolean closed = event.type().equals("charge.dispute.closed");
        if (event.type().equals("charge.dispute.funds_reinstated") || closed && status.equals("won"))
            return sales.of(tx, event, sale -> won(tx, event, id, sale));
        if (closed) return Uni.createFrom().item(StripeEffect.ignored("It ended as " + status));
        if (event.type().equals("charge.dispute.created") && status.startsWith("warning"))
            return Uni.createFrom().item(StripeEffect.ignored("An inquiry takes no money"));
        return sales.of(tx, event, sale -> taken(tx, event, id, sale));
    }

    private Uni<StripeEffect> taken(SqlConnection tx, StripeEvent event, String id, String sale) {
        Money amount = StripeMoney.of(event.object(), "amount");
        return bookings.refund(tx, event, RefundKind.DISPUTE, id, sale, amount)
                .chain(outcome -> outcome.result() == Result.TOO_MUCH
                        ? bookings.refund(tx, event, RefundKind.DISPUTE, id, sale, null)
                        : Uni.createFrom().item(outcome))
                .map(ChargeDisputed::repeated);
    }

    /** The two events of a dispute may tell amounts that differ by fees: the first counts. */
    private static StripeEffect repeated(RefundOutcome outcome) {
        return outcome.result() == Result.DIFFERENT
                ? StripeEffect.ignored("The dispute is booked already")
                : Bookings.refunded(outcome);
    }

    private Uni<StripeEffect> won(SqlConnection tx, StripeEvent event, String id, String sale) {
        return ids.taken(tx, event.ownerId(), id).chain(taken -> won(tx, event, id, sale, taken));
    }

    private Uni<StripeEffect> won(SqlConnection tx, StripeEvent event, String id, String sale, Optional<Long> taken) {
        if (taken.isEmpty())
            return Uni.createFrom().item(StripeEffect.notYet("What the dispute took is not booked yet"));
        String currency = StripeMoney.of(event.object(), "amount").currency();
        Money amount = new Money(taken.get(), currency);
        return bookings.refund(tx, event, RefundKind.DISPUTE_WON, id + ":won", sale, amount)
                .map(Bookings::refunded);
    }
}
