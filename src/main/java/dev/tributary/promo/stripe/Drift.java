package dev.tributary.promo.stripe;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A difference between Stripe and what is written here.
 *
 * @param codeId of the code it is about, if any is known
 * @param object Stripe's id
 * @param correction what is known of Stripe from now on; null where that was right
 */
record Drift(Kind kind, @Nullable UUID codeId, @Nullable String object, @Nullable Correction correction) {
    /** @param asOf when that was written which it corrects: what was written since stays */
    record Correction(Known known, Instant asOf) {}

    enum Kind {
        NEVER_SENT("has never been brought to Stripe"),
        BEHIND("is not at Stripe as it should be"),
        REFUSED("cannot be at Stripe"),
        PROMOTION_LOST("has lost its promotion code at Stripe"),
        COUPON_LOST("has lost its coupon at Stripe"),
        SWITCHED("was switched on or off at Stripe"),
        PROMOTION_TOO_MANY("is active at Stripe and stands for no code as it is now"),
        COUPON_TOO_MANY("is a coupon that nothing needs any more");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static Drift of(Kind kind, UUID codeId) {
        return new Drift(kind, codeId, null, null);
    }
}
