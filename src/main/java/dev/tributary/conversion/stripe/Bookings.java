package dev.tributary.conversion.stripe;

import dev.tributary.conversion.Buyer;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Details;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.IncomingRefund;
import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Line;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.RefundOutcome;
import dev.tributary.conversion.Touch;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Books what Stripe told through the same path as every other door, and says in words what became of it. */
@ApplicationScoped
class Bookings {
    private final Conversions conversions;

    Bookings(Conversions conversions) {
        this.conversions = conversions;
    }

    /**
     * A payment.
     *
     * @param externalId of Stripe's object that is paid once: an invoice or a payment intent
     */
    record Payment(
            String externalId,
            @Nullable String customer,
            Money amount,
            List<Line> lines,
            Touch touch,
            Buyer buyer,
            @Nullable String subscription) {}

    Uni<StripeEffect> sale(SqlConnection tx, StripeEvent event, Payment paid) {
        Incoming sale = new Incoming(
                event.ownerId(),
                Kind.SALE,
                paid.externalId,
                paid.customer,
                paid.amount,
                paid.lines,
                event.createdAt(),
                Door.STRIPE,
                paid.touch,
                paid.buyer,
                new Details(null, paid.subscription, Map.of()));
        return conversions.intake(tx, List.of(sale)).map(outcomes -> sold(outcomes.get(0)));
    }

    private static StripeEffect sold(Outcome outcome) {
        String what = "The sale %s is %s"
                .formatted(name(outcome.id()), outcome.status().word());
        String why = outcome.reason() == null ? "" : ": " + outcome.reason().word();
        return StripeEffect.done(what + why);
    }

    /** Money that moved back or forth; {@code amount} null is all that is left. */
    Uni<RefundOutcome> refund(
            SqlConnection tx,
            StripeEvent event,
            RefundKind kind,
            String externalId,
            String sale,
            @Nullable Money amount) {
        IncomingRefund refund = new IncomingRefund(event.ownerId(), kind, externalId, sale, amount, event.createdAt());
        return conversions.refund(tx, List.of(refund)).map(outcomes -> outcomes.get(0));
    }

    static StripeEffect refunded(RefundOutcome outcome) {
        String sale = outcome.conversionId() == null ? outcome.saleExternalId() : name(outcome.conversionId());
        return switch (outcome.result()) {
            case BOOKED ->
                StripeEffect.done("The %s of sale %s is booked"
                        .formatted(outcome.kind().word().replace('_', ' '), sale));
            case WAITING -> StripeEffect.done("It is booked as soon as the sale %s comes".formatted(sale));
            case REPEATED -> StripeEffect.ignored("It was booked before, at sale " + sale);
            case DIFFERENT -> StripeEffect.refused("It was booked before otherwise, at sale " + sale);
            case CURRENCY_MISMATCH -> StripeEffect.refused("The sale %s is in another currency".formatted(sale));
            case TOO_MUCH -> StripeEffect.refused("It is more than is left of sale " + sale);
        };
    }

    Uni<Boolean> churn(SqlConnection tx, StripeEvent event, String customer) {
        return conversions.churn(tx, event.ownerId(), customer, event.createdAt());
    }

    private static String name(UUID conversion) {
        return TypeId.CONVERSION.format(conversion);
    }
}
