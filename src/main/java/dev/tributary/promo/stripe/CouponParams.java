package dev.tributary.promo.stripe;

import com.stripe.param.CouponCreateParams;
import com.stripe.param.PromotionCodeCreateParams;
import dev.tributary.id.TypeId;
import dev.tributary.promo.Discount;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;

/** Coupons and promotion codes as Stripe is asked for them. */
final class CouponParams {
    /** In the metadata of all that we make: the code's id. */
    static final String CODE = "tributary_code";

    static final String PROGRAM = "tributary_program";
    /** In the metadata of promotion codes: what they were made from. */
    static final String MARK = "tributary_mark";

    private static final int LONGEST_NAME = 40;

    private CouponParams() {}

    static CouponCreateParams coupon(Wanted wanted) {
        return discount(wanted)
                .setId(wanted.couponId())
                .putMetadata(CODE, wanted.codeId())
                .putMetadata(PROGRAM, TypeId.PROGRAM.format(wanted.code().programId()))
                .build();
    }

    /** What the code takes off, and its name. */
    static CouponCreateParams.Builder discount(Wanted wanted) {
        Discount discount = wanted.code().discount();
        CouponCreateParams.Builder params =
                CouponCreateParams.builder().setName(name(wanted.code().code()));
        if (discount.type() == Discount.Type.PERCENTAGE) params.setPercentOff(BigDecimal.valueOf(discount.value(), 2));
        else
            params.setAmountOff(wanted.amountOff().orElseThrow())
                    .setCurrency(currency(Objects.requireNonNull(discount.currency())));
        params.setDuration(CouponCreateParams.Duration.valueOf(discount.span().name()));
        if (discount.months() != null)
            params.setDurationInMonths(discount.months().longValue());
        if (!wanted.code().scope().products().isEmpty())
            params.setAppliesTo(CouponCreateParams.AppliesTo.builder()
                    .addAllProduct(wanted.code().scope().products())
                    .build());
        return params;
    }

    static PromotionCodeCreateParams promotion(Wanted wanted, String couponId) {
        PromotionCodeCreateParams.Builder params = PromotionCodeCreateParams.builder()
                .setPromotion(PromotionCodeCreateParams.Promotion.builder()
                        .setType(PromotionCodeCreateParams.Promotion.Type.COUPON)
                        .setCoupon(couponId)
                        .build())
                .setCode(wanted.code().code())
                .setActive(true)
                .putMetadata(CODE, wanted.codeId())
                .putMetadata(MARK, wanted.promotionMark());
        Long left = wanted.left();
        if (left != null) params.setMaxRedemptions(left);
        if (wanted.code().expiresAt() != null)
            params.setExpiresAt(wanted.code().expiresAt().getEpochSecond());
        return params.build();
    }

    static String name(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_NAME));
    }

    static String currency(String iso) {
        return iso.toLowerCase(Locale.ROOT);
    }
}
