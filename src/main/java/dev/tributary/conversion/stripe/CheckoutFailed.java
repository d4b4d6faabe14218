package dev.tributary.conversion.stripe;

import dev.tributary.promo.Redemptions;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** A checkout that was never paid: the discount codes that it had reserved are free again. */
@ApplicationScoped
class CheckoutFailed implements StripeEventHandler {
    private static final String FAILED = "checkout.session.async_payment_failed";

    private final Redemptions redemptions;

    CheckoutFailed(Redemptions redemptions) {
        this.redemptions = redemptions;
    }

    @Override
    public Set<String> types() {
        return Set.of("checkout.session.expired", FAILED);
    }

    @Override
    public Uni<StripeEffect> handle(SqlConnection tx, StripeEvent event) {
        UUID redemption = Hints.redemption(event.object());
        if (redemption == null)
            return Uni.createFrom().item(StripeEffect.ignored("It carries no redemption of discount codes"));
        return redemptions
                .giveUp(tx, event.ownerId(), redemption, FAILED.equals(event.type()))
                .map(given -> given
                        ? StripeEffect.done("Its discount codes are free again")
                        : StripeEffect.ignored("Its discount codes are not reserved any more"));
    }
}
