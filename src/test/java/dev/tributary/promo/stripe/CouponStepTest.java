package dev.tributary.promo.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.promo.CodeStatus;
import dev.tributary.promo.Discount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CouponStepTest {
    @Test
    void a_new_code_gets_a_coupon_and_then_a_promotion_code() {
        assertThat(path(new Codes().wanted(), Known.NOTHING))
                .containsExactly(CouponStep.CREATE_COUPON, CouponStep.CREATE_PROMOTION);
    }

    @Test
    void what_is_never_usable_is_never_made() {
        assertThat(path(new Codes().status(CodeStatus.PAUSED).wanted(), Known.NOTHING))
                .isEmpty();
        assertThat(path(new Codes().status(CodeStatus.ARCHIVED).wanted(), Known.NOTHING))
                .isEmpty();
        assertThat(path(new Codes().suspended().wanted(), Known.NOTHING)).isEmpty();
        assertThat(path(new Codes().starts(Codes.NOW.plusSeconds(1)).wanted(), Known.NOTHING))
                .isEmpty();
        assertThat(path(new Codes().expires(Codes.NOW).wanted(), Known.NOTHING)).isEmpty();
        assertThat(path(new Codes().discount(Discount.Type.PERCENTAGE, 0, null).wanted(), Known.NOTHING))
                .isEmpty();
        assertThat(path(new Codes().code("GRÜN").wanted(), Known.NOTHING)).isEmpty();
    }

    @Test
    void what_stops_being_usable_is_paused_and_comes_back_as_it_was() {
        Known synced = after(new Codes().wanted(), Known.NOTHING);

        assertThat(path(new Codes().suspended().wanted(), synced)).containsExactly(CouponStep.PAUSE);
        Known paused = after(new Codes().suspended().wanted(), synced);
        assertThat(path(new Codes().wanted(), paused)).containsExactly(CouponStep.RESUME);
        assertThat(after(new Codes().wanted(), paused)).isEqualTo(synced);
    }

    @Test
    void another_discount_is_another_coupon() {
        Known synced = after(new Codes().wanted(), Known.NOTHING);
        Wanted changed =
                new Codes().discount(Discount.Type.PERCENTAGE, 2_001, null).wanted();

        assertThat(path(changed, synced))
                .containsExactly(CouponStep.PAUSE, CouponStep.CREATE_COUPON, CouponStep.CREATE_PROMOTION);
    }

    @Test
    void another_limit_or_end_is_another_promotion_code_of_the_same_coupon() {
        Known synced = after(new Codes().wanted(), Known.NOTHING);

        assertThat(path(new Codes().most(5).wanted(), synced))
                .containsExactly(CouponStep.PAUSE, CouponStep.CREATE_PROMOTION);
        assertThat(path(new Codes().expires(Codes.NOW.plusSeconds(1)).wanted(), synced))
                .containsExactly(CouponStep.PAUSE, CouponStep.CREATE_PROMOTION);
    }

    @Test
    void a_code_that_is_used_up_gets_no_new_promotion_code_and_keeps_the_one_it_has() {
        assertThat(path(new Codes().most(5).used(5).wanted(), Known.NOTHING)).containsExactly(CouponStep.CREATE_COUPON);
        Known synced = after(new Codes().most(5).wanted(), Known.NOTHING);
        assertThat(path(new Codes().most(5).used(5).wanted(), synced)).isEmpty();
    }

    @Test
    void from_wherever_it_starts_it_ends_within_the_steps_of_a_turn() {
        Random random = new Random(20261121);
        for (int run = 0; run < 10_000; run++) {
            Known known = Known.NOTHING;
            for (int change = 0; change < 5; change++) {
                Wanted wanted = any(random);
                assertThat(path(wanted, known)).hasSizeLessThanOrEqualTo(4);
                known = after(wanted, known);
                assertThat(known.active())
                        .isEqualTo(wanted.isUsable() && wanted.promotionMark().equals(known.promotionMark()));
            }
        }
    }

    private static Wanted any(Random random) {
        Codes codes = new Codes()
                .status(CodeStatus.values()[random.nextInt(CodeStatus.values().length)])
                .discount(Discount.Type.PERCENTAGE, random.nextInt(3), null);
        if (random.nextBoolean()) codes.most(1 + random.nextInt(2)).used(random.nextInt(2));
        if (random.nextInt(4) == 0) codes.suspended();
        if (random.nextBoolean()) codes.expires(Codes.NOW.plus(Duration.ofDays(random.nextInt(3) - 1L)));
        return codes.wanted();
    }

    private static List<CouponStep> path(Wanted wanted, Known known) {
        List<CouponStep> path = new ArrayList<>();
        for (Optional<CouponStep> next = CouponStep.next(wanted, known);
                next.isPresent() && path.size() < 10;
                next = CouponStep.next(wanted, known)) {
            path.add(next.get());
            known = done(next.get(), wanted, known);
        }
        return path;
    }

    private static Known after(Wanted wanted, Known known) {
        for (CouponStep step : path(wanted, known)) known = done(step, wanted, known);
        return known;
    }

    private static Known done(CouponStep step, Wanted wanted, Known known) {
        return switch (step) {
            case PAUSE -> known.withActive(false);
            case RESUME -> known.withActive(true);
            case CREATE_COUPON -> known.withCoupon(wanted.couponId(), wanted.couponMark());
            case CREATE_PROMOTION -> known.withPromotion("promo_1", wanted.promotionMark(), true);
        };
    }
}
