package dev.tributary.promo;

import dev.tributary.money.Money;
import dev.tributary.outbox.Event;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The event {@code redemption.confirmed}: an order was paid to which codes were applied. Its aggregate is the redemption.
 *
 * @param externalId the merchant's id of the order
 * @param paid what the customer paid
 * @param promoCode the first of its codes that is an affiliate's; null with the affiliate where none is
 * @param booked whether who confirmed it books the sale itself, so that nobody else need to
 */
public record RedemptionConfirmed(
        UUID redemptionId,
        UUID programId,
        String externalId,
        String customer,
        Money paid,
        @Nullable String promoCode,
        @Nullable UUID affiliateId,
        @Nullable String plan,
        Instant confirmedAt,
        boolean booked) {
    public static final String TYPE = "redemption.confirmed";

    Event event(UUID id) {
        JsonObject payload = new JsonObject()
                .put("redemptionId", redemptionId.toString())
                .put("programId", programId.toString())
                .put("externalId", externalId)
                .put("customerExternalId", customer)
                .put("amount", paid.amount())
                .put("currency", paid.currency())
                .put("promoCode", promoCode)
                .put("affiliateId", affiliateId == null ? null : affiliateId.toString())
                .put("plan", plan)
                .put("confirmedAt", confirmedAt.toString())
                .put("booked", booked);
        return new Event(id, TYPE, redemptionId, payload);
    }

    /** What the event tells. */
    public static RedemptionConfirmed of(Event event) {
        JsonObject payload = event.payload();
        String affiliate = payload.getString("affiliateId");
        return new RedemptionConfirmed(
                UUID.fromString(payload.getString("redemptionId")),
                UUID.fromString(payload.getString("programId")),
                payload.getString("externalId"),
                payload.getString("customerExternalId"),
                new Money(payload.getLong("amount"), payload.getString("currency")),
                payload.getString("promoCode"),
                affiliate == null ? null : UUID.fromString(affiliate),
                payload.getString("plan"),
                Instant.parse(payload.getString("confirmedAt")),
                payload.getBoolean("booked"));
    }
}
