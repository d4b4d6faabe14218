package dev.tributary.promo.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.PromotionCode;
import dev.tributary.stripe.StripeAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes single steps and says what they came to. After a doubt it first looks whether Stripe has the promotion code already:
 * its text is unique among active ones, and a coupon has an id of ours, so neither can be made twice in any case.
 */
@ApplicationScoped
class CouponSteps {
    /** A key that is refused must be changed by a person. */
    private static final Duration DENIED = Duration.ofMinutes(10);

    private static final Duration SOON = Duration.ofSeconds(5);

    private final CouponCalls calls;

    CouponSteps(CouponCalls calls) {
        this.calls = calls;
    }

    Uni<Outcome> take(CouponStep step, Wanted wanted, Known known) {
        return switch (step) {
            case CREATE_COUPON -> calls.createCoupon(wanted, known.era()).map(answer -> coupon(wanted, known, answer));
            case CREATE_PROMOTION -> known.doubtful() ? lookFirst(wanted, known) : create(wanted, known);
            case PAUSE -> calls.setActive(promotion(known), false).map(answer -> paused(known, answer));
            case RESUME -> calls.setActive(promotion(known), true).map(answer -> resumed(known, answer));
        };
    }

    private static String promotion(Known known) {
        return Objects.requireNonNull(known.promotionCodeId());
    }

    private static Outcome coupon(Wanted wanted, Known known, StripeAnswer<Coupon> answer) {
        boolean there = answer instanceof StripeAnswer.Refused<Coupon> refused && refused.exists();
        if (answer.value().isPresent() || there)
            return new Outcome.Done(known.withCoupon(wanted.couponId(), wanted.couponMark()));
        return otherwise(known, answer);
    }

    private Uni<Outcome> lookFirst(Wanted wanted, Known known) {
        return calls.named(wanted.code().code()).chain(answer -> {
            Optional<PromotionCode> ours = answer.value().flatMap(all -> ours(wanted, known, all));
            if (ours.isPresent()) return done(adopted(wanted, known, ours.get()));
            return answer.value().isPresent() ? create(wanted, known) : done(otherwise(known, answer));
        });
    }

    private static Optional<PromotionCode> ours(Wanted wanted, Known known, List<PromotionCode> all) {
        return all.stream()
                .filter(code -> wanted.promotionMark().equals(metadata(code, CouponParams.MARK))
                        && wanted.codeId().equals(metadata(code, CouponParams.CODE))
                        && Objects.equals(known.couponId(), code.getPromotion().getCoupon()))
                .findFirst();
    }

    private static String metadata(PromotionCode code, String name) {
        return code.getMetadata() == null ? "" : code.getMetadata().getOrDefault(name, "");
    }

    private static Outcome adopted(Wanted wanted, Known known, PromotionCode code) {
        boolean active = Boolean.TRUE.equals(code.getActive());
        return new Outcome.Done(known.withPromotion(code.getId(), wanted.promotionMark(), active));
    }

    private Uni<Outcome> create(Wanted wanted, Known known) {
        return calls.createPromotion(wanted, known).chain(answer -> {
            if (answer.value().isPresent())
                return done(adopted(wanted, known, answer.value().get()));
            boolean invalid = answer instanceof StripeAnswer.Refused<PromotionCode> refused
                    && !refused.denied()
                    && !refused.mismatched();
            return invalid ? twin(wanted, known, answer.told()) : done(otherwise(known, answer));
        });
    }

    /** A refusal may mean that another promotion code has the text: our own of an earlier attempt, or a stranger's. */
    private Uni<Outcome> twin(Wanted wanted, Known known, String why) {
        return calls.named(wanted.code().code()).chain(answer -> {
            if (answer.value().isEmpty()) return done(otherwise(known, answer));
            List<PromotionCode> all = answer.value().get();
            Optional<PromotionCode> ours = ours(wanted, known, all);
            if (ours.isPresent()) return done(adopted(wanted, known, ours.get()));
            return all.stream()
                    .filter(code -> Boolean.TRUE.equals(code.getActive()))
                    .findFirst()
                    .map(other -> clear(wanted, known, other))
                    .orElseGet(() -> done(new Outcome.Never(known, why)));
        });
    }

    /** An earlier one of the same code gives way; what somebody else made does not. */
    private Uni<Outcome> clear(Wanted wanted, Known known, PromotionCode other) {
        if (!wanted.codeId().equals(metadata(other, CouponParams.CODE)))
            return done(new Outcome.Never(
                    known, "Another promotion code of the Stripe account has this text: " + other.getId()));
        Function<StripeAnswer<PromotionCode>, Outcome> told =
                answer -> answer.value().isPresent()
                        ? new Outcome.Later(known.inDoubt(true), Duration.ZERO, "An earlier promotion code gave way")
                        : otherwise(known, answer);
        return calls.setActive(other.getId(), false).map(told);
    }

    private static Outcome paused(Known known, StripeAnswer<PromotionCode> answer) {
        if (answer.value().isPresent()) return new Outcome.Done(known.withActive(false));
        boolean gone = answer instanceof StripeAnswer.Refused<PromotionCode> refused && refused.missing();
        return gone ? new Outcome.Done(known.withoutPromotion()) : otherwise(known, answer);
    }

    /** One that Stripe does not bring back, such as one whose coupon was deleted by hand, is made anew. */
    private static Outcome resumed(Known known, StripeAnswer<PromotionCode> answer) {
        if (answer.value().isPresent()) return new Outcome.Done(known.withActive(true));
        boolean hopeless = answer instanceof StripeAnswer.Refused<PromotionCode> refused && !refused.denied();
        return hopeless ? new Outcome.Done(known.forgotten()) : otherwise(known, answer);
    }

    private static Outcome otherwise(Known known, StripeAnswer<?> answer) {
        if (answer instanceof StripeAnswer.NotNow<?> notNow)
            return new Outcome.Later(known, notNow.after(), notNow.told());
        if (answer instanceof StripeAnswer.Unknown<?> unknown)
            return new Outcome.Later(known.inDoubt(unknown.spent()), SOON, unknown.told());
        StripeAnswer.Refused<?> refused = (StripeAnswer.Refused<?>) answer;
        if (refused.denied()) return new Outcome.Later(known, DENIED, "Stripe refuses our key: " + refused.told());
        if (refused.mismatched()) return new Outcome.Later(known.inDoubt(true), Duration.ZERO, refused.told());
        return new Outcome.Never(known, refused.told());
    }

    private static Uni<Outcome> done(Outcome outcome) {
        return Uni.createFrom().item(outcome);
    }
}
