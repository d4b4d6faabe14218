package dev.tributary.affiliate;

import dev.tributary.outbox.Event;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** The event {@code affiliate.status_changed}: an affiliate may promote again, or no more. Its aggregate is the affiliate. */
public record AffiliateStatusChanged(UUID affiliateId, AffiliateStatus status, String reason) {
    public static final String TYPE = "affiliate.status_changed";

    static Event event(UUID id, Affiliate affiliate) {
        JsonObject payload = new JsonObject()
                .put("affiliateId", affiliate.id().toString())
                .put("status", affiliate.status().word())
                .put("reason", affiliate.statusReason());
        return new Event(id, TYPE, affiliate.id(), payload);
    }

    /** What the event tells. */
    public static AffiliateStatusChanged of(Event event) {
        JsonObject payload = event.payload();
        return new AffiliateStatusChanged(
                UUID.fromString(payload.getString("affiliateId")),
                AffiliateStatus.of(payload.getString("status")),
                payload.getString("reason"));
    }
}
