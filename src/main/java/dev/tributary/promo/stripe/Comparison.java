package dev.tributary.promo.stripe;

import com.stripe.model.Coupon;
import com.stripe.model.PromotionCode;
import dev.tributary.id.TypeId;
import dev.tributary.promo.CheckoutRequest;
import dev.tributary.promo.stripe.Drift.Kind;
import dev.tributary.promo.stripe.StripeCouponRepository.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Both sides beside each other, without any call: Stripe's objects are shown to it first, then our codes. What changed while
 * it looked is left to the next time.
 *
 * @param start of the comparison
 */
record Comparison(Instant start, Set<String> promotions, Set<String> coupons) {
    /** About a hundred megabytes of ids; whoever has more codes at Stripe needs another way. */
    static final int MOST = 1_000_000;

    /** A process may have made it and not yet written that down. */
    private static final Duration FRESH = Duration.ofMinutes(10);
    /** A session that was opened with it may last a day. */
    private static final Duration IN_USE = Duration.ofHours(25);

    static Comparison begin(Instant start) {
        return new Comparison(start, new HashSet<>(), new HashSet<>());
    }

    boolean isTooLarge() {
        return promotions.size() > MOST || coupons.size() > MOST;
    }

    /** The code that an object was made for; empty for objects that are not ours. */
    static Optional<UUID> codeOf(@Nullable Map<String, String> metadata) {
        String id = metadata == null ? null : metadata.get(CouponParams.CODE);
        return id == null ? Optional.empty() : TypeId.DISCOUNT_CODE.parse(id);
    }

    private static boolean isOneTime(Coupon coupon) {
        return coupon.getMetadata() != null && coupon.getMetadata().containsKey(CheckoutRequest.METADATA);
    }

    /** @param ours what is written of its code; null where nothing is */
    Optional<Drift> see(PromotionCode theirs, UUID code, @Nullable Standing ours) {
        promotions.add(theirs.getId());
        boolean active = Boolean.TRUE.equals(theirs.getActive());
        if (ours == null || !theirs.getId().equals(ours.known().promotionCodeId())) {
            boolean extra = active && olderThan(FRESH, theirs.getCreated());
            return extra
                    ? Optional.of(new Drift(Kind.PROMOTION_TOO_MANY, code, theirs.getId(), null))
                    : Optional.empty();
        }
        boolean same = ours.known().active() == active || !settled(ours);
        return same
                ? Optional.empty()
                : Optional.of(new Drift(
                        Kind.SWITCHED,
                        code,
                        theirs.getId(),
                        correction(ours, ours.known().withActive(active))));
    }

    Optional<Drift> see(Coupon theirs, @Nullable UUID code, @Nullable Standing ours) {
        coupons.add(theirs.getId());
        boolean current = ours != null && theirs.getId().equals(ours.known().couponId());
        boolean made = code != null || isOneTime(theirs);
        boolean extra = made && !current && olderThan(IN_USE, theirs.getCreated());
        return extra ? Optional.of(new Drift(Kind.COUPON_TOO_MANY, code, theirs.getId(), null)) : Optional.empty();
    }

    /** After all of Stripe's objects were seen. */
    Optional<Drift> see(Wanted wanted, @Nullable Standing ours) {
        UUID code = wanted.code().id();
        if (ours == null) return CouponStep.next(wanted, Known.NOTHING).map(step -> Drift.of(Kind.NEVER_SENT, code));
        if (!settled(ours)) return Optional.empty();
        Known known = ours.known();
        if (known.couponId() != null && !coupons.contains(known.couponId()))
            return Optional.of(
                    new Drift(Kind.COUPON_LOST, code, known.couponId(), correction(ours, known.forgotten())));
        if (known.promotionCodeId() != null && !promotions.contains(known.promotionCodeId()))
            return Optional.of(new Drift(
                    Kind.PROMOTION_LOST, code, known.promotionCodeId(), correction(ours, known.withoutPromotion())));
        if (ours.state() == SyncState.REFUSED) return Optional.of(Drift.of(Kind.REFUSED, code));
        return CouponStep.next(wanted, known).map(step -> Drift.of(Kind.BEHIND, code));
    }

    private static Drift.Correction correction(Standing ours, Known known) {
        return new Drift.Correction(known, ours.updatedAt());
    }

    private boolean settled(Standing ours) {
        return ours.updatedAt().isBefore(start);
    }

    private boolean olderThan(Duration age, @Nullable Long created) {
        return Instant.ofEpochSecond(Objects.requireNonNullElse(created, 0L))
                .plus(age)
                .isBefore(start);
    }
}
