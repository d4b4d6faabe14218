package dev.tributary.program;

import dev.tributary.outbox.Event;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.UUID;

/**
 * The event {@code enrollment.approved}: an enrollment became active for the first time. Its aggregate is the enrollment.
 *
 * @param promoCode the text that its promo code shall have, or be like where it is taken
 */
public record EnrollmentApproved(
        UUID enrollmentId, UUID programId, UUID affiliateId, String referralCode, String promoCode) {
    public static final String TYPE = "enrollment.approved";

    static Event event(UUID id, Enrollment enrollment) {
        JsonObject payload = new JsonObject()
                .put("enrollmentId", enrollment.id().toString())
                .put("programId", enrollment.programId().toString())
                .put("affiliateId", enrollment.affiliateId().toString())
                .put("referralCode", enrollment.referralCode())
                .put("promoCode", Objects.requireNonNullElse(enrollment.promoCode(), enrollment.referralCode()));
        return new Event(id, TYPE, enrollment.id(), payload);
    }

    /** What the event tells. */
    public static EnrollmentApproved of(Event event) {
        JsonObject payload = event.payload();
        return new EnrollmentApproved(
                UUID.fromString(payload.getString("enrollmentId")),
                UUID.fromString(payload.getString("programId")),
                UUID.fromString(payload.getString("affiliateId")),
                payload.getString("referralCode"),
                payload.getString("promoCode", payload.getString("referralCode")));
    }
}
