package dev.tributary.promo.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.PromotionCode;
import com.stripe.model.StripeCollection;
import com.stripe.param.CouponListParams;
import com.stripe.param.PromotionCodeListParams;
import dev.tributary.job.JobFailed;
import dev.tributary.stripe.StripeAnswer;
import dev.tributary.stripe.StripeCall;
import dev.tributary.stripe.StripeCalls;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that a Stripe account holds of one kind, newest first and page by page; blocks, and is for jobs. */
@Singleton
class StripeListing {
    private static final long PAGE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StripeCalls stripe;

    StripeListing(StripeCalls stripe) {
        this.stripe = stripe;
    }

    void promotionCodes(Consumer<List<PromotionCode>> pages) {
        each(
                after -> {
                    var params = PromotionCodeListParams.builder().setLimit(PAGE);
                    if (after != null) params.setStartingAfter(after);
                    return StripeCall.repeatable("promotion_code.list", PATIENCE, (client, options) -> client.v1()
                            .promotionCodes()
                            .list(params.build(), options));
                },
                PromotionCode::getId,
                pages);
    }

    void coupons(Consumer<List<Coupon>> pages) {
        each(
                after -> {
                    var params = CouponListParams.builder().setLimit(PAGE);
                    if (after != null) params.setStartingAfter(after);
                    return StripeCall.repeatable("coupon.list", PATIENCE, (client, options) -> client.v1()
                            .coupons()
                            .list(params.build(), options));
                },
                Coupon::getId,
                pages);
    }

    private <T extends com.stripe.model.HasId> void each(
            Function<@Nullable String, StripeCall<StripeCollection<T>>> call,
            Function<T, String> id,
            Consumer<List<T>> pages) {
        String after = null;
        boolean more = true;
        while (more) {
            StripeCollection<T> page = answer(call.apply(after));
            List<T> data = page.getData();
            pages.accept(data);
            more = Boolean.TRUE.equals(page.getHasMore()) && !data.isEmpty();
            if (more) after = id.apply(data.get(data.size() - 1));
        }
    }

    private <T> T answer(StripeCall<T> call) {
        StripeAnswer<T> answer = stripe.send(call).await().atMost(PATIENCE.plusSeconds(10));
        return answer.value().orElseThrow(() -> new JobFailed("Stripe's list could not be read: " + answer.told()));
    }
}
