package dev.tributary.conversion;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What leads from a conversion to an affiliate, beside its customer.
 *
 * @param visitorId the first-party id of the browser
 * @param affiliateId named by staff or by an import: then nothing else counts
 */
public record Touch(
        @Nullable UUID clickId, @Nullable UUID visitorId, @Nullable String promoCode, @Nullable UUID affiliateId) {
    public static final Touch NONE = new Touch(null, null, null, null);

    public static Touch click(UUID clickId) {
        return new Touch(clickId, null, null, null);
    }

    public static Touch code(String promoCode) {
        return new Touch(null, null, promoCode, null);
    }

    public static Touch affiliate(UUID affiliateId) {
        return new Touch(null, null, null, affiliateId);
    }
}
