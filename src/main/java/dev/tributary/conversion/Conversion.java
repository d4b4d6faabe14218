package dev.tributary.conversion;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversion as it is stored.
 *
 * @param event as it was told
 * @param refunded how much of the amount went back, in minor units
 * @param affiliateId whoever has the largest part; null where nobody is credited
 */
public record Conversion(
        UUID id,
        Incoming event,
        Status status,
        @Nullable Reason reason,
        int decision,
        long refunded,
        @Nullable Instant waitingUntil,
        @Nullable UUID enrollmentId,
        @Nullable UUID affiliateId,
        @Nullable UUID linkId,
        String src,
        Instant createdAt) {
    /** Whether it earns, or did. */
    boolean counts() {
        return status == Status.ACCEPTED || status == Status.REFUNDED;
    }

    /** The same to be decided once more; {@code affiliate}, where one is named, counts before all evidence. */
    Draft again(@Nullable UUID affiliate) {
        Touch touch = event.touch();
        Touch now =
                affiliate == null ? touch : new Touch(touch.clickId(), touch.visitorId(), touch.promoCode(), affiliate);
        return new Draft(id, event.touching(now), decision + 1, Status.WAITING, null, null, null);
    }
}
