package dev.tributary.promo.stripe;

import com.stripe.param.CouponCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.promo.CheckoutRequest;
import dev.tributary.stripe.StripeUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checkout Sessions and their own coupons as Stripe is asked for them; the same for the same request. */
final class CheckoutParams {
    /** Stripe wants half an hour at least, counted from its own clock; the reservation may end before. */
    private static final Duration SHORTEST = Duration.ofMinutes(35);

    private static final Duration LONGEST = Duration.ofHours(24).minusMinutes(5);

    private CheckoutParams() {}

    static String redemption(CheckoutRequest request) {
        return TypeId.REDEMPTION.format(request.redemptionId());
    }

    /** @param coupon or promotion code: both empty where nothing is taken off */
    static SessionCreateParams session(CheckoutRequest request, Optional<SessionCreateParams.Discount> discount) {
        String redemption = redemption(request);
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setMode(
                        request.subscription()
                                ? SessionCreateParams.Mode.SUBSCRIPTION
                                : SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl(request.successUrl())
                .setClientReferenceId(request.clientReferenceId() == null ? redemption : request.clientReferenceId())
                .setExpiresAt(end(request).getEpochSecond())
                .putAllMetadata(request.metadata())
                .putMetadata(CheckoutRequest.METADATA, redemption);
        if (request.cancelUrl() != null) params.setCancelUrl(request.cancelUrl());
        if (request.customer() != null) params.setCustomer(request.customer());
        request.lineItems()
                .forEach(item -> params.addLineItem(SessionCreateParams.LineItem.builder()
                        .setPrice(item.price())
                        .setQuantity((long) item.quantity())
                        .build()));
        discount.ifPresent(params::addDiscount);
        below(params, request, redemption);
        return params.build();
    }

    /** What is paid carries the redemption too: invoices of a subscription know only that. */
    private static void below(SessionCreateParams.Builder params, CheckoutRequest request, String redemption) {
        if (request.subscription())
            params.setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                    .putAllMetadata(request.metadata())
                    .putMetadata(CheckoutRequest.METADATA, redemption)
                    .build());
        else
            params.setPaymentIntentData(SessionCreateParams.PaymentIntentData.builder()
                    .putAllMetadata(request.metadata())
                    .putMetadata(CheckoutRequest.METADATA, redemption)
                    .build());
    }

    /** Counted from the redemption, so that the same request stays the same. */
    static Instant end(CheckoutRequest request) {
        Instant made = Ids.timeOf(request.redemptionId());
        Instant end = request.expiresAt();
        if (end.isBefore(made.plus(SHORTEST))) return made.plus(SHORTEST);
        return end.isAfter(made.plus(LONGEST)) ? made.plus(LONGEST) : end;
    }

    static SessionCreateParams.Discount promotion(String id) {
        return SessionCreateParams.Discount.builder().setPromotionCode(id).build();
    }

    static SessionCreateParams.Discount coupon(CheckoutRequest request) {
        return SessionCreateParams.Discount.builder()
                .setCoupon(redemption(request))
                .build();
    }

    /** The exact total of several codes, for this session alone; empty where Stripe has no number for it. */
    static Optional<CouponCreateParams> total(CheckoutRequest request) {
        String codes =
                request.codes().stream().map(CheckoutRequest.CodeUse::code).collect(Collectors.joining(" + "));
        return StripeUnits.of(request.discount())
                .map(amount -> own(
                        request,
                        CouponCreateParams.builder()
                                .setName(CouponParams.name(codes))
                                .setAmountOff(amount)
                                .setCurrency(
                                        CouponParams.currency(request.discount().currency()))
                                .setDuration(CouponCreateParams.Duration.ONCE)));
    }

    /** What one code takes off that Stripe does not have yet, for as many payments as the code says. */
    static CouponCreateParams single(CheckoutRequest request, Wanted wanted) {
        return own(request, CouponParams.discount(wanted));
    }

    private static CouponCreateParams own(CheckoutRequest request, CouponCreateParams.Builder params) {
        return params.setId(redemption(request))
                .setMaxRedemptions(1L)
                .putMetadata(CheckoutRequest.METADATA, redemption(request))
                .build();
    }
}
