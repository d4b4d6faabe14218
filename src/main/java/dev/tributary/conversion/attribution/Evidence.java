package dev.tributary.conversion.attribution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about who referred it. All of it is optional; what counts is the strongest that leads to somebody
 * (see {@link Basis}).
 *
 * @param number of the decision: 1 at first, more when it is decided again
 * @param affiliateId named by staff or an import: then nothing else counts
 * @param promoCode as typed
 * @param clickId landed or not
 * @param customerExternalId the merchant's own id of the buyer, who may be bound to an affiliate already
 * @param visitorId of the browser's cookie
 * @param binds whether the customer, if still free, is bound to whoever is credited: what comes after it in the same batch
 *     then follows it
 */
public record Evidence(
        UUID conversionId,
        int number,
        UUID programId,
        Instant occurredAt,
        @Nullable UUID affiliateId,
        @Nullable String promoCode,
        @Nullable UUID clickId,
        @Nullable String customerExternalId,
        @Nullable UUID visitorId,
        boolean binds) {
    public Evidence {
        if (number < 1) throw new IllegalArgumentException("Decisions are counted from one");
    }
}
