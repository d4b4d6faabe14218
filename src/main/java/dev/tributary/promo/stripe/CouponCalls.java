package dev.tributary.promo.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.PromotionCode;
import com.stripe.param.PromotionCodeListParams;
import com.stripe.param.PromotionCodeUpdateParams;
import dev.tributary.stripe.StripeAnswer;
import dev.tributary.stripe.StripeCall;
import dev.tributary.stripe.StripeCalls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The calls of Stripe, one a method. What makes something has a key of the code's id and version; what sets something has
 * none, because Stripe would repeat its answer of the day before and set nothing.
 */
@ApplicationScoped
class CouponCalls {
    /** Nobody waits for it; five attempts fit. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAGE = 100;

    private final StripeCalls stripe;

    CouponCalls(StripeCalls stripe) {
        this.stripe = stripe;
    }

    Uni<StripeAnswer<Coupon>> createCoupon(Wanted wanted, int era) {
        String key = "coupon/%s/%d".formatted(wanted.couponId(), era);
        return stripe.send(StripeCall.once("coupon.create", key, PATIENCE, (client, options) -> client.v1()
                .coupons()
                .create(CouponParams.coupon(wanted), options)));
    }

    Uni<StripeAnswer<PromotionCode>> createPromotion(Wanted wanted, Known known) {
        String coupon = Objects.requireNonNull(known.couponId());
        String key = "promotion/%s/%d/%d".formatted(coupon, wanted.code().version(), known.era());
        return stripe.send(StripeCall.once("promotion_code.create", key, PATIENCE, (client, options) -> client.v1()
                .promotionCodes()
                .create(CouponParams.promotion(wanted, coupon), options)));
    }

    Uni<StripeAnswer<PromotionCode>> setActive(String promotionCode, boolean active) {
        PromotionCodeUpdateParams params =
                PromotionCodeUpdateParams.builder().setActive(active).build();
        return stripe.send(StripeCall.repeatable("promotion_code.update", PATIENCE, (client, options) -> client.v1()
                .promotionCodes()
                .update(promotionCode, params, options)));
    }

    /** Ends new use; whoever has the discount keeps it. */
    Uni<StripeAnswer<Coupon>> delete(String coupon) {
        return stripe.send(StripeCall.repeatable("coupon.delete", PATIENCE, (client, options) -> client.v1()
                .coupons()
                .delete(coupon, options)));
    }

    /** All promotion codes with a text, used or not; more than a hundred are a mistake that somebody must look at. */
    Uni<StripeAnswer<List<PromotionCode>>> named(String code) {
        PromotionCodeListParams params =
                PromotionCodeListParams.builder().setCode(code).setLimit(PAGE).build();
        return stripe.send(StripeCall.repeatable("promotion_code.list", PATIENCE, (client, options) -> client.v1()
                .promotionCodes()
                .list(params, options)
                .getData()));
    }
}
