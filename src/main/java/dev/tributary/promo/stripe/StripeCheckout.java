package dev.tributary.promo.stripe;

import com.stripe.model.checkout.Session;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.promo.CheckoutRequest;
import dev.tributary.promo.CheckoutSession;
import dev.tributary.promo.CheckoutSessions;
import dev.tributary.promo.DiscountCodes;
import dev.tributary.promo.stripe.CheckoutRepository.Kept;
import dev.tributary.stripe.StripeAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Opens Checkout Sessions. Stripe takes one discount a session: the promotion code of a single code; for several codes, and
 * for one that Stripe does not have (yet), a coupon of the session's own. Which it is is written down first, so that a
 * request that is sent again is the same, and Stripe answers it with the same session.
 */
@ApplicationScoped
class StripeCheckout implements CheckoutSessions {
    private static final Logger LOG = Logger.getLogger(StripeCheckout.class);

    private final CheckoutCalls calls;
    private final CheckoutRepository repository;
    private final PromotionCodes promotions;
    private final DiscountCodes codes;
    private final Transactions transactions;
    private final Clock clock;

    StripeCheckout(
            CheckoutCalls calls,
            CheckoutRepository repository,
            PromotionCodes promotions,
            DiscountCodes codes,
            Transactions transactions,
            Clock clock) {
        this.calls = calls;
        this.repository = repository;
        this.promotions = promotions;
        this.codes = codes;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public boolean isSetUp() {
        return calls.configured();
    }

    @Override
    public Uni<CheckoutSession> open(CheckoutRequest request) {
        return transactions
                .run(tx -> promotion(tx, request).chain(chosen -> repository.begin(tx, request.redemptionId(), chosen)))
                .chain(kept -> kept.session() == null
                        ? create(request, kept)
                        : Uni.createFrom().item(kept.session()));
    }

    private Uni<Optional<String>> promotion(SqlConnection c, CheckoutRequest request) {
        return request.codes().size() == 1 && request.discount().amount() > 0
                ? promotions.promotionCodeId(c, request.codes().get(0).codeId())
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<CheckoutSession> create(CheckoutRequest request, Kept kept) {
        return discount(request, kept)
                .chain(discount -> calls.session(
                        CheckoutParams.redemption(request), kept.era(), CheckoutParams.session(request, discount)))
                .chain(answer -> outcome(request, kept, answer));
    }

    private Uni<Optional<SessionCreateParams.Discount>> discount(CheckoutRequest request, Kept kept) {
        if (request.discount().amount() == 0) return Uni.createFrom().item(Optional.empty());
        if (kept.promotionCodeId().isPresent())
            return Uni.createFrom().item(kept.promotionCodeId().map(CheckoutParams::promotion));
        return own(request)
                .chain(params -> calls.coupon(CheckoutParams.redemption(request), kept.era(), params))
                .chain(answer -> {
                    boolean there = answer.value().isPresent()
                            || answer instanceof StripeAnswer.Refused<?> refused && refused.exists();
                    return there
                            ? Uni.createFrom().item(Optional.of(CheckoutParams.coupon(request)))
                            : fail(kept, answer);
                });
    }

    private Uni<CouponCreateParams> own(CheckoutRequest request) {
        Uni<Optional<CouponCreateParams>> single = request.codes().size() == 1
                ? transactions
                        .read(c -> codes.find(c, request.codes().get(0).codeId()))
                        .map(code -> code.map(found -> new Wanted(found, clock.instant()))
                                .filter(Wanted::hasCoupon)
                                .map(wanted -> CheckoutParams.single(request, wanted)))
                : Uni.createFrom().item(Optional.empty());
        return single.map(params -> params.or(() -> CheckoutParams.total(request))
                .orElseThrow(() ->
                        new Problem(ProblemKind.UNPROCESSABLE, "Stripe takes no such discount in this currency")));
    }

    private Uni<CheckoutSession> outcome(CheckoutRequest request, Kept kept, StripeAnswer<Session> answer) {
        Optional<Session> session = answer.value();
        if (session.isPresent())
            return transactions
                    .run(tx -> repository.opened(tx, request.redemptionId(), session.get()))
                    .map(Kept::session);
        boolean refused = answer instanceof StripeAnswer.Refused<Session> no && !no.denied() && !no.mismatched();
        // The promotion code may have been used up or paused since; what was promised here still holds.
        if (refused && kept.promotionCodeId().isPresent())
            return follow(kept, false).chain(next -> create(request, next));
        return fail(kept, answer);
    }

    /** A key that answers the same failure for ever is not used again. */
    private <T> Uni<T> fail(Kept kept, StripeAnswer<?> answer) {
        Uni<T> failure = Uni.createFrom().failure(() -> problem(answer));
        boolean spent = answer instanceof StripeAnswer.Unknown<?> unknown && unknown.spent();
        return spent ? follow(kept, true).chain(next -> failure) : failure;
    }

    private Uni<Kept> follow(Kept kept, boolean keepPromotion) {
        return transactions.run(tx -> repository.follow(tx, kept, keepPromotion));
    }

    /** Stripe's own words where the merchant can do something about it. */
    private static Problem problem(StripeAnswer<?> answer) {
        if (answer instanceof StripeAnswer.Refused<?> refused && !refused.denied())
            return new Problem(ProblemKind.UNPROCESSABLE, "Stripe refuses it: " + refused.told());
        LOG.warnf("No Checkout Session was opened: %s", answer.told());
        return new Problem(ProblemKind.UNAVAILABLE, "Stripe does not answer as it should; ask again");
    }
}
