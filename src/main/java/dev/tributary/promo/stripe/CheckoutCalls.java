package dev.tributary.promo.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.checkout.Session;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.tributary.stripe.StripeAnswer;
import dev.tributary.stripe.StripeCall;
import dev.tributary.stripe.StripeCalls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The calls of Stripe for a buyer who waits: less patience, because asking again is safe. */
@ApplicationScoped
class CheckoutCalls {
    private static final Duration COUPON = Duration.ofSeconds(3);
    /** Together with the coupon below the ten seconds that requests in flight have when the process ends. */
    private static final Duration SESSION = Duration.ofSeconds(5);

    private final StripeCalls stripe;

    CheckoutCalls(StripeCalls stripe) {
        this.stripe = stripe;
    }

    boolean configured() {
        return stripe.configured();
    }

    Uni<StripeAnswer<Coupon>> coupon(String redemption, int era, CouponCreateParams params) {
        String key = "checkout-coupon/%s/%d".formatted(redemption, era);
        return stripe.send(StripeCall.once("checkout.coupon", key, COUPON, (client, options) -> client.v1()
                .coupons()
                .create(params, options)));
    }

    Uni<StripeAnswer<Session>> session(String redemption, int era, SessionCreateParams params) {
        String key = "checkout/%s/%d".formatted(redemption, era);
        return stripe.send(StripeCall.once("checkout.session", key, SESSION, (client, options) -> client.v1()
                .checkout()
                .sessions()
                .create(params, options)));
    }
}
