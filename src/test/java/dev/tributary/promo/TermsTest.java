package dev.tributary.promo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** For what and when a code is good. */
class TermsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<String> PLANS = List.of("free", "pro", "team");

    @Test
    void it_is_good_from_its_start_to_just_before_its_end() {
        Terms terms = terms(new DiscountCode.Scope(null, List.of(), List.of()), NOON, NOON.plusSeconds(60));

        assertThat(terms.refusal("EUR", null, PLANS, NOON.minusNanos(1))).contains(Unusable.NOT_STARTED);
        assertThat(terms.refusal("EUR", null, PLANS, NOON)).isEmpty();
        assertThat(terms.refusal("EUR", null, PLANS, NOON.plusSeconds(60).minusNanos(1)))
                .isEmpty();
        assertThat(terms.refusal("EUR", null, PLANS, NOON.plusSeconds(60))).contains(Unusable.EXPIRED);
        assertThat(terms.isOpenAt(NOON)).isTrue();
        assertThat(terms.isOpenAt(NOON.plusSeconds(60))).isFalse();
    }

    @Test
    void a_minimum_plan_compares_by_the_programs_order() {
        Terms terms = terms(new DiscountCode.Scope("pro", List.of(), List.of()), null, null);

        assertThat(terms.isForPlan("free", PLANS)).isFalse();
        assertThat(terms.isForPlan("pro", PLANS)).isTrue();
        assertThat(terms.isForPlan("team", PLANS)).isTrue();
        assertThat(terms.isForPlan("other", PLANS)).isFalse();
        assertThat(terms.isForPlan(null, PLANS)).isFalse();
        assertThat(terms.isForPlan("team", List.of("free", "team"))).isFalse();
    }

    @Test
    void named_plans_are_good_alone() {
        Terms terms = terms(new DiscountCode.Scope(null, List.of("pro"), List.of()), null, null);

        assertThat(terms.isForPlan("pro", PLANS)).isTrue();
        assertThat(terms.isForPlan("team", PLANS)).isFalse();
        assertThat(terms.isForPlan(null, PLANS)).isFalse();
    }

    @Test
    void named_products_must_be_in_the_order() {
        Terms terms = terms(new DiscountCode.Scope(null, List.of(), List.of("BOOK")), null, null);
        Money amount = new Money(1_000, "EUR");

        assertThat(terms.isForProducts(new Order(amount, List.of(new Order.Line("BOOK", 500)), null)))
                .isTrue();
        assertThat(terms.isForProducts(new Order(amount, List.of(new Order.Line("PEN", 500)), null)))
                .isFalse();
        assertThat(terms.isForProducts(new Order(amount, List.of(), null))).isFalse();
    }

    @Test
    void a_fixed_amount_is_of_its_own_currency() {
        Terms terms = new Terms(
                UUID.randomUUID(),
                new Discount(Discount.Type.FIXED_AMOUNT, 500, "EUR", Discount.Span.ONCE, null),
                DiscountCode.Scope.ALL,
                false,
                1,
                null,
                null);

        assertThat(terms.refusal("EUR", null, PLANS, NOON)).isEmpty();
        assertThat(terms.refusal(null, null, PLANS, NOON)).isEmpty();
        assertThat(terms.refusal("USD", null, PLANS, NOON)).contains(Unusable.OTHER_CURRENCY);
    }

    private static Terms terms(DiscountCode.Scope scope, @Nullable Instant from, @Nullable Instant to) {
        return new Terms(
                UUID.randomUUID(),
                new Discount(Discount.Type.PERCENTAGE, 1_000, null, Discount.Span.ONCE, null),
                scope,
                false,
                1,
                from,
                to);
    }
}
