package dev.tributary.promo.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.CouponCollection;
import com.stripe.model.PromotionCode;
import com.stripe.model.PromotionCodeCollection;
import com.stripe.model.StripeError;
import com.stripe.model.checkout.Session;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CouponListParams;
import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.PromotionCodeListParams;
import com.stripe.param.PromotionCodeUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What Gson reads and writes of stripe-java, which tells a native image nothing about itself. */
@RegisterForReflection(
        targets = {
            Coupon.class,
            Coupon.AppliesTo.class,
            CouponCollection.class,
            PromotionCode.class,
            PromotionCode.Promotion.class,
            PromotionCode.Restrictions.class,
            PromotionCodeCollection.class,
            Session.class,
            StripeError.class,
            CouponCreateParams.class,
            CouponCreateParams.AppliesTo.class,
            CouponListParams.class,
            PromotionCodeCreateParams.class,
            PromotionCodeCreateParams.Promotion.class,
            PromotionCodeListParams.class,
            PromotionCodeUpdateParams.class,
            SessionCreateParams.class,
            SessionCreateParams.Discount.class,
            SessionCreateParams.LineItem.class,
            SessionCreateParams.PaymentIntentData.class,
            SessionCreateParams.SubscriptionData.class
        })
final class StripeModels {
    private StripeModels() {}
}
