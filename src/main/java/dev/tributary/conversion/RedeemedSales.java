package dev.tributary.conversion;

import dev.tributary.outbox.Event;
import dev.tributary.outbox.EventHandler;
import dev.tributary.promo.DiscountCodes;
import dev.tributary.promo.RedemptionConfirmed;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Books the order of a confirmed redemption as a sale of the affiliate whose code was used, without click or cookie. Where
 * the merchant tracks the sale too, by the same id, both are one.
 */
@ApplicationScoped
class RedeemedSales implements EventHandler {
    private final Intake intake;
    private final DiscountCodes codes;

    RedeemedSales(Intake intake, DiscountCodes codes) {
        this.intake = intake;
        this.codes = codes;
    }

    @Override
    public String consumer() {
        return "conversion.redemption";
    }

    @Override
    public Set<String> types() {
        return Set.of(RedemptionConfirmed.TYPE);
    }

    @Override
    public Uni<Void> handle(SqlConnection tx, Event event) {
        RedemptionConfirmed told = RedemptionConfirmed.of(event);
        String code = told.promoCode();
        if (told.booked() || code == null) return Uni.createFrom().voidItem();
        return codes.isOpen(tx, told.programId(), code)
                .chain(open -> intake.take(tx, List.of(sale(told, touch(told, code, open)))))
                .replaceWithVoid();
    }

    /** A code that was paused since its buyer used it leads to nobody by its name, so its affiliate is named. */
    private static Touch touch(RedemptionConfirmed told, String code, boolean open) {
        return open ? Touch.code(code) : new Touch(null, null, code, told.affiliateId());
    }

    private static Incoming sale(RedemptionConfirmed told, Touch touch) {
        return new Incoming(
                told.programId(),
                Kind.SALE,
                told.externalId(),
                told.customer(),
                told.paid(),
                List.of(),
                told.confirmedAt(),
                Door.API,
                touch,
                Buyer.UNKNOWN,
                new Details(told.plan(), null, Map.of()));
    }
}
