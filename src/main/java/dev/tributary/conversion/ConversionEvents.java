package dev.tributary.conversion;

import dev.tributary.outbox.Event;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * The events {@code conversion.accepted}, {@code conversion.rejected} and {@code conversion.refunded}, whose aggregate is the
 * conversion, and {@code referral.churned}, whose aggregate is the referral.
 */
public final class ConversionEvents {
    public static final String ACCEPTED = "conversion.accepted";
    public static final String REJECTED = "conversion.rejected";
    public static final String REFUNDED = "conversion.refunded";
    public static final String CHURNED = "referral.churned";

    private ConversionEvents() {}

    /** Told once for each time that money went back, or came again. */
    static Event refunded(UUID id, RefundDraft refund) {
        RefundDraft.Sale sale = java.util.Objects.requireNonNull(refund.sale());
        JsonObject payload = new JsonObject()
                .put("conversionId", sale.id().toString())
                .put("programId", sale.key().programId().toString())
                .put("externalId", sale.key().externalId())
                .put("refundId", refund.id().toString())
                .put("kind", refund.told().kind().word())
                .put("amount", refund.minor())
                .put("refunded", sale.refunded())
                .put("currency", sale.amount().currency())
                .put("occurredAt", refund.told().occurredAt().toString());
        return new Event(id, REFUNDED, sale.id(), payload);
    }

    static Event churned(UUID id, UUID referral, UUID programId, Instant at) {
        JsonObject payload = new JsonObject()
                .put("referralId", referral.toString())
                .put("programId", programId.toString())
                .put("occurredAt", at.toString());
        return new Event(id, CHURNED, referral, payload);
    }

    static Event of(UUID id, Draft draft) {
        Incoming event = draft.event();
        JsonArray credits = new JsonArray();
        draft.credits()
                .forEach(credit -> credits.add(new JsonObject()
                        .put("enrollmentId", credit.enrollmentId().toString())
                        .put("affiliateId", credit.affiliateId().toString())
                        .put("weightBps", credit.weightBps())));
        JsonObject payload = new JsonObject()
                .put("conversionId", draft.id().toString())
                .put("programId", event.programId().toString())
                .put("kind", event.kind().word())
                .put("externalId", event.externalId())
                .put("amount", event.amount().amount())
                .put("currency", event.amount().currency())
                .put("occurredAt", event.occurredAt().toString())
                .put("decision", draft.number())
                .put("reason", draft.reasonWord())
                .put("credits", credits);
        return new Event(id, draft.is(Status.REJECTED) ? REJECTED : ACCEPTED, draft.id(), payload);
    }
}
