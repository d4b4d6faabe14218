package dev.tributary.conversion.stripe;

import dev.tributary.conversion.Touch;
import dev.tributary.money.Money;
import dev.tributary.promo.Redemptions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Discount codes in what Stripe tells: an object that carries a redemption confirms it with the sale's own id, and its
 * affiliate's code counts before every click. What cannot be confirmed any more does not hold the sale up.
 */
@ApplicationScoped
class Redeeming {
    private final Redemptions redemptions;

    Redeeming(Redemptions redemptions) {
        this.redemptions = redemptions;
    }

    /** What leads from a sale to an affiliate, once the redemption that it carries is confirmed. */
    Uni<Touch> paid(SqlConnection tx, UUID program, @Nullable UUID redemption, String sale, Money amount, Touch touch) {
        if (redemption == null) return Uni.createFrom().item(touch);
        return redemptions
                .confirm(tx, program, redemption, sale, amount, true)
                .map(confirmed -> isFor(confirmed.result()) ? touching(touch, confirmed.promoCode()) : touch);
    }

    /** Of a later invoice of the subscription the code was for the first: its customer is bound by then. */
    private static boolean isFor(Redemptions.Result result) {
        return switch (result) {
            case CONFIRMED, REPEATED, USED_UP -> true;
            case UNKNOWN, OTHER_ORDER, ORDER_TAKEN -> false;
        };
    }

    /** An order that its codes paid in full: there is no sale, and the codes are used. */
    Uni<Void> free(SqlConnection tx, UUID program, @Nullable UUID redemption, String order, Money nothing) {
        if (redemption == null) return Uni.createFrom().voidItem();
        return redemptions
                .confirm(tx, program, redemption, order, nothing, true)
                .replaceWithVoid();
    }

    /** What leads from the customer of a new subscription to an affiliate; one that begins with a trial uses its codes now. */
    Uni<Touch> begun(SqlConnection tx, UUID program, JsonObject session, Touch touch) {
        UUID redemption = Hints.redemption(session);
        if (redemption == null) return Uni.createFrom().item(touch);
        String id = Fields.text(session, "id");
        boolean trial = "no_payment_required".equals(Fields.text(session, "payment_status"));
        Uni<Void> used = trial && id != null
                ? free(tx, program, redemption, id, StripeMoney.of(session, "amount_total"))
                : Uni.createFrom().voidItem();
        return used.chain(() -> redemptions.promoCode(tx, program, redemption))
                .map(code -> touching(touch, code.orElse(null)));
    }

    private static Touch touching(Touch touch, @Nullable String code) {
        return code == null ? touch : new Touch(touch.clickId(), touch.visitorId(), code, touch.affiliateId());
    }
}
