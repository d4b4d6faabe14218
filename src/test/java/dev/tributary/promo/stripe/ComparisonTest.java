package dev.tributary.promo.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Coupon;
import com.stripe.model.PromotionCode;
import dev.tributary.promo.CheckoutRequest;
import dev.tributary.promo.stripe.Drift.Kind;
import dev.tributary.promo.stripe.StripeCouponRepository.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Instant START = Codes.NOW;
    private static final Instant BEFORE = START.minusSeconds(1);
    private static final Wanted WANTED = new Codes().wanted();
    private static final Known SYNCED = Known.NOTHING
            .withCoupon("coupon", WANTED.couponMark())
            .withPromotion("promo", WANTED.promotionMark(), true);

    private final Comparison both = Comparison.begin(START);

    @Test
    void what_is_the_same_on_both_sides_is_no_drift() {
        Standing ours = standing(SYNCED, BEFORE);

        assertThat(both.see(promotion("promo", true, Duration.ofDays(9)), Codes.ID, ours))
                .isEmpty();
        assertThat(both.see(coupon("coupon", Duration.ofDays(9)), Codes.ID, ours))
                .isEmpty();
        assertThat(both.see(WANTED, ours)).isEmpty();
    }

    @Test
    void what_may_just_have_been_made_is_left_alone() {
        assertThat(both.see(promotion("new", true, Duration.ofMinutes(9)), Codes.ID, null))
                .isEmpty();
        assertThat(kind(both.see(promotion("old", true, Duration.ofMinutes(11)), Codes.ID, null)))
                .isEqualTo(Kind.PROMOTION_TOO_MANY);
        assertThat(both.see(promotion("off", false, Duration.ofDays(9)), Codes.ID, null))
                .isEmpty();
    }

    @Test
    void a_coupon_is_kept_as_long_as_a_session_may_need_it() {
        assertThat(both.see(coupon("yesterday", Duration.ofHours(24)), Codes.ID, null))
                .isEmpty();
        assertThat(kind(both.see(coupon("before", Duration.ofHours(26)), Codes.ID, null)))
                .isEqualTo(Kind.COUPON_TOO_MANY);
    }

    @Test
    void coupons_of_sessions_go_after_a_day_and_those_of_others_never() {
        Coupon oneTime = coupon("rdm", Duration.ofHours(26));
        oneTime.setMetadata(Map.of(CheckoutRequest.METADATA, "rdm_1"));
        assertThat(kind(both.see(oneTime, null, null))).isEqualTo(Kind.COUPON_TOO_MANY);

        Coupon theirs = coupon("theirs", Duration.ofDays(900));
        assertThat(both.see(theirs, null, null)).isEmpty();
    }

    @Test
    void what_was_written_since_the_start_is_left_to_the_next_time() {
        Standing ours = standing(SYNCED, START);

        assertThat(both.see(promotion("promo", false, Duration.ofDays(9)), Codes.ID, ours))
                .isEmpty();
        assertThat(both.see(WANTED, ours)).isEmpty();
        assertThat(kind(both.see(WANTED, standing(SYNCED, BEFORE)))).isEqualTo(Kind.COUPON_LOST);
    }

    @Test
    void what_is_lost_is_forgotten_as_far_as_it_is_lost() {
        Standing ours = standing(SYNCED, BEFORE);
        both.see(coupon("coupon", Duration.ofDays(9)), Codes.ID, ours);

        Drift lost = both.see(WANTED, ours).orElseThrow();

        assertThat(lost.kind()).isEqualTo(Kind.PROMOTION_LOST);
        assertThat(lost.correction().known().couponId()).isEqualTo("coupon");
        assertThat(lost.correction().known().promotionCodeId()).isNull();
        assertThat(lost.correction().known().era()).isEqualTo(1);
        assertThat(lost.correction().asOf()).isEqualTo(BEFORE);
    }

    @Test
    void what_was_never_sent_is_drift_only_where_stripe_has_a_part_in_it() {
        assertThat(kind(both.see(WANTED, null))).isEqualTo(Kind.NEVER_SENT);
        assertThat(both.see(new Codes().suspended().wanted(), null)).isEmpty();
    }

    private static Kind kind(Optional<Drift> drift) {
        return drift.orElseThrow().kind();
    }

    private static Standing standing(Known known, Instant at) {
        return new Standing(SyncState.SYNCED, null, at, known);
    }

    private static PromotionCode promotion(String id, boolean active, Duration age) {
        PromotionCode made = new PromotionCode();
        made.setId(id);
        made.setActive(active);
        made.setCreated(START.minus(age).getEpochSecond());
        return made;
    }

    private static Coupon coupon(String id, Duration age) {
        Coupon made = new Coupon();
        made.setId(id);
        made.setCreated(START.minus(age).getEpochSecond());
        return made;
    }
}
