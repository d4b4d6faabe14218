package dev.tributary.promo.stripe;

import org.jspecify.annotations.Nullable;

/**
 * What Stripe holds of a code, as far as we know.
 *
 * @param couponMark what the coupon was made from; the same of the promotion code
 * @param active whether the promotion code may be used
 * @param era grows when a key is spent, so that the next is another
 * @param doubtful a promotion code may have been made that we do not know of
 */
record Known(
        @Nullable String couponId,
        @Nullable String couponMark,
        @Nullable String promotionCodeId,
        @Nullable String promotionMark,
        boolean active,
        int era,
        boolean doubtful) {
    static final Known NOTHING = new Known(null, null, null, null, false, 0, false);

    Known {
        if (active && promotionCodeId == null) throw new IllegalArgumentException("Nothing is active");
    }

    /** A coupon stands alone at first: a promotion code belongs to the one before. */
    Known withCoupon(String id, String mark) {
        return new Known(id, mark, null, null, false, era, false);
    }

    Known withPromotion(String id, String mark, boolean isActive) {
        return new Known(couponId, couponMark, id, mark, isActive, era, false);
    }

    Known withActive(boolean isActive) {
        return new Known(couponId, couponMark, promotionCodeId, promotionMark, isActive, era, doubtful);
    }

    Known withoutPromotion() {
        return new Known(couponId, couponMark, null, null, false, era + 1, doubtful);
    }

    /** When what was there is gone, or is of no use: the keys it was made with would only repeat that it was made. */
    Known forgotten() {
        return new Known(null, null, null, null, false, era + 1, false);
    }

    Known inDoubt(boolean spent) {
        return new Known(couponId, couponMark, promotionCodeId, promotionMark, active, spent ? era + 1 : era, true);
    }
}
