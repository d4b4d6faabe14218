package dev.tributary.promo.stripe;

import java.util.Optional;

/** One call that brings Stripe nearer to what is wanted. */
enum CouponStep {
    /** Makes the promotion code unusable: the code is, or the promotion code is of an earlier discount or limit. */
    PAUSE,
    CREATE_COUPON,
    CREATE_PROMOTION,
    RESUME;

    /**
     * Empty where there is nothing to do. What was never usable is not made at Stripe; what is no longer usable stays there,
     * paused. A coupon that another takes the place of is left to open sessions, and removed by the job later.
     */
    static Optional<CouponStep> next(Wanted wanted, Known known) {
        boolean sameCoupon = wanted.couponMark().equals(known.couponMark());
        boolean same = sameCoupon && wanted.promotionMark().equals(known.promotionMark());
        boolean usable = wanted.isUsable();
        if (known.active() && !(same && usable)) return Optional.of(PAUSE);
        if (!usable) return Optional.empty();
        if (!sameCoupon) return Optional.of(CREATE_COUPON);
        if (!same) return wanted.code().isLeft() ? Optional.of(CREATE_PROMOTION) : Optional.empty();
        return known.active() ? Optional.empty() : Optional.of(RESUME);
    }
}
