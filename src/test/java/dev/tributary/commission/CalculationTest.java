package dev.tributary.commission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.commission.rule.Item;
import dev.tributary.commission.rule.On;
import dev.tributary.commission.rule.Terms;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CalculationTest {
    /** "tier1: 50, tier2: 100, tier3: 500, tier4: 200", and 50 for whoever has none: whole dollars there, cents here. */
    @Test
    void the_sample_numbers_of_the_plan_come_out_sign_up_by_sign_up() {
        long[] dollars = {50, 100, 500, 200};
        List<Terms.TierAmount> tiers = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> new Terms.TierAmount(
                        TypeId.TIER.format(new UUID(0x7100, i)), new Money(dollars[i] * 100, "USD")))
                .toList();
        Terms terms = new Terms(null, new Money(5_000, "USD"), null, null, null, null, null, null, tiers, null);
        for (int i = 0; i <= 4; i++) {
            Case signUp = new Case().rule("sign_up_bonus", Scope.PROGRAM, null, terms);
            signUp.kind = On.LEAD;
            UUID tier = i == 4 ? null : new UUID(0x7100, i);
            signUp.parties.add(new Party(Case.member(1), 10_000, tier, List.of(), List.of()));

            List<Earned> earned = signUp.sell(0);

            assertThat(earned).singleElement().satisfies(one -> {
                assertThat(one.rule()).isEqualTo("sign_up_bonus");
                assertThat(one.arithmetic().recomputed()).isEqualTo(one.amount());
            });
            assertThat(earned.get(0).amount()).isEqualTo(i == 4 ? 5_000 : dollars[i] * 100);
        }
    }

    /** "amount: transaction.amount * rate * (1 + bonus)": the same sum, in two commissions and without floating point. */
    @Test
    void a_recurring_sale_with_a_volume_bonus_pays_rate_and_bonus_as_in_the_plan() {
        Case monthly = new Case()
                .base(1_000)
                .rule("recurring", Scope.PROGRAM, null, Case.recurring(2_000, null))
                .rule("volume_bonus", Scope.PROGRAM, null, Case.brackets(null, new Terms.Bracket(10_000, 1_000)))
                .party(1, 10_000);

        List<Earned> first = monthly.sell(10_000);
        List<Earned> second = monthly.sell(9_900);

        assertThat(amounts(first)).containsExactly("recurring 2000");
        assertThat(amounts(second)).containsExactly("recurring 1980", "volume_bonus 198");
        assertThat(second.get(0).arithmetic().volume().revenueBefore()).isEqualTo(10_000);
    }

    @Test
    void the_closest_rule_wins_enrollment_agreement_product_tier_program() {
        Case all = new Case().base(100).party(1, 10_000);
        all.items = List.of(new Item("A", "", 1, 10_000));
        assertThat(amounts(all.sell(10_000))).containsExactly("base_rate 100");
        all.tier(200);
        assertThat(amounts(all.sell(10_000))).containsExactly("tier_rate 200");
        all.rule("product", Scope.PRODUCT, null, Case.sku("A", 300));
        assertThat(amounts(all.sell(10_000))).containsExactly("product 300");
        all.agreement(1, 400);
        assertThat(amounts(all.sell(10_000))).containsExactly("agreement_split 400");
        all.rule("percentage", Scope.ENROLLMENT, Case.member(1).enrollmentId(), Terms.share(500));
        assertThat(amounts(all.sell(10_000))).containsExactly("percentage 500");
        all.agreement(2, 9_000);
        assertThat(amounts(all.sell(10_000))).containsExactly("percentage 500");
    }

    @Test
    void a_rule_counts_from_its_first_moment_to_before_its_last() {
        Instant begin = Case.NOON.minusSeconds(60);
        RuleVersion brief = new RuleVersion(
                new UUID(1, 1), 1, "flat", "flat", Scope.PROGRAM, null, begin, Case.NOON, null, Case.flat(777));
        Case dated = new Case().base(1_000).party(1, 10_000);
        dated.rules.add(brief);

        dated.at = begin.minusNanos(1);
        assertThat(amounts(dated.sell(100))).containsExactly("base_rate 10");
        dated.at = begin;
        assertThat(amounts(dated.sell(100))).containsExactly("flat 777");
        dated.at = Case.NOON.minusNanos(1);
        assertThat(amounts(dated.sell(100))).containsExactly("flat 777");
        dated.at = Case.NOON;
        assertThat(amounts(dated.sell(100))).containsExactly("base_rate 10");
    }

    @Test
    void products_pay_their_lines_and_the_rest_is_left_to_the_tier() {
        Case order = new Case()
                .tier(1_000)
                .rule("product", Scope.PRODUCT, null, Case.category("books", 50))
                .rule("product", Scope.PRODUCT, null, Case.sku("SOFA", 2_000))
                .party(1, 10_000);
        order.items = List.of(
                new Item("SOFA", "books", 1, 4_000), new Item("B1", "books", 3, 900), new Item("X", "", 1, 600));

        List<Earned> earned = order.sell(6_000);

        // 20 % of the sofa, 3 books at 50, 10 % of the other 1,100
        assertThat(earned).singleElement().satisfies(one -> {
            assertThat(one.amount()).isEqualTo(800 + 150 + 110);
            assertThat(one.arithmetic().note()).contains("the rest by tier_rate");
            assertThat(one.arithmetic().recomputed()).isEqualTo(1_060);
        });
    }

    @Test
    void lines_above_the_order_count_in_proportion() {
        Case discounted = new Case()
                .base(0)
                .rule("product", Scope.PRODUCT, null, Case.sku("A", 10_000))
                .party(1, 10_000);
        discounted.items = List.of(new Item("A", "", 1, 333), new Item("B", "", 1, 667));
        assertThat(discounted.sell(500).get(0).amount()).isEqualTo(166);
        discounted.items = List.of(new Item("A", "", 1, 333), new Item("A", "", 1, 667));
        assertThat(discounted.sell(501).get(0).amount()).isEqualTo(501);
    }

    @Test
    void a_recurring_rule_ends_after_its_months_and_says_so() {
        Case customer = new Case()
                .rule("recurring", Scope.PROGRAM, null, Case.recurring(2_000, 12))
                .party(1, 10_000);
        customer.months = 11;
        assertThat(amounts(customer.sell(5_000))).containsExactly("recurring 1000");
        customer.months = 12;
        assertThat(customer.sell(5_000)).singleElement().satisfies(one -> {
            assertThat(one.amount()).isZero();
            assertThat(one.arithmetic().note()).contains("12 months");
        });
    }

    @Test
    void a_cap_cuts_at_its_limit_and_begins_again_with_the_month_in_the_programs_zone() {
        Case capped = new Case()
                .rule("percentage", Scope.PROGRAM, null, Terms.share(1_000), new Cap(Cap.Period.MONTH, 150))
                .party(1, 10_000);
        capped.zone = ZoneId.of("America/New_York");
        capped.at = Instant.parse("2026-11-01T04:00:00Z");
        assertThat(amounts(capped.sell(1_000))).containsExactly("percentage 100");
        assertThat(amounts(capped.sell(1_000))).containsExactly("percentage 50");
        assertThat(capped.sell(1_000)).singleElement().satisfies(one -> {
            assertThat(one.amount()).isZero();
            assertThat(one.arithmetic().cap().left()).isZero();
            assertThat(one.arithmetic().recomputed()).isZero();
        });
        // the clocks go back on 1 November, so the month is an hour longer
        capped.at = Instant.parse("2026-12-01T04:59:59Z");
        assertThat(capped.sell(1_000).get(0).amount()).isZero();
        capped.at = Instant.parse("2026-12-01T05:00:00Z");
        assertThat(capped.sell(1_000).get(0).amount()).isEqualTo(100);
    }

    @Test
    void recruiters_share_level_by_level_and_one_who_is_not_there_gets_nothing() {
        Case upline = new Case()
                .base(1_000)
                .rule("upline", Scope.PROGRAM, null, Terms.levels(List.of(500, 200, 100)))
                .recruited(1, List.of(Optional.of(Case.member(2)), Optional.empty(), Optional.of(Case.member(4))));

        List<Earned> earned = upline.sell(100_000);

        assertThat(amounts(earned)).containsExactly("base_rate 10000", "upline_1 500", "upline_3 100");
        assertThat(earned.get(1).member()).isEqualTo(Case.member(2));
        assertThat(earned.get(1).through()).isEqualTo(Case.member(1).enrollmentId());
    }

    @Test
    void the_parts_of_a_split_sum_to_the_commission_of_one_credit_in_any_order() {
        Case even = new Case().base(1_000).party(2, 5_000).party(1, 5_000);
        Case turned = new Case().base(1_000).party(1, 5_000).party(2, 5_000);
        for (long amount = 0; amount < 300; amount++) {
            long whole =
                    new Case().base(1_000).party(1, 10_000).sell(amount).get(0).amount();
            List<Earned> parts = even.sell(amount);
            assertThat(parts.stream().mapToLong(Earned::amount).sum()).isEqualTo(whole);
            assertThat(turned.sell(amount)).isEqualTo(parts);
            assertThat(parts).allMatch(part -> part.arithmetic().recomputed() == part.amount());
        }
    }

    @Test
    void yen_and_dinar_are_minor_units_like_any_other() {
        // 1 yen has no hundredth: 10 % of 5 yen is half a yen, which goes to the even one
        assertThat(new Case().base(1_000).party(1, 10_000).sell(5).get(0).amount())
                .isZero();
        assertThat(new Case().base(1_000).party(1, 10_000).sell(15).get(0).amount())
                .isEqualTo(2);
        // 12.345 dinar have 12,345 fils
        assertThat(new Case().base(1_250).party(1, 10_000).sell(12_345).get(0).amount())
                .isEqualTo(1_543);
    }

    @Test
    void the_largest_amounts_stay_exact_and_pieces_pay_no_more_than_they_cost() {
        assertThat(new Case()
                        .base(9_999)
                        .party(1, 10_000)
                        .sell(Long.MAX_VALUE)
                        .get(0)
                        .amount())
                .isEqualTo(9_222_449_699_651_090_329L);
        List<Earned> parts =
                new Case().base(10_000).party(1, 3_333).party(2, 6_667).sell(Long.MAX_VALUE);
        assertThat(parts.stream().mapToLong(Earned::amount).reduce(0, Math::addExact))
                .isEqualTo(Long.MAX_VALUE);
        Case pieces = new Case()
                .rule("product", Scope.PRODUCT, null, Case.category("c", 1_000_000_000_000L))
                .party(1, 10_000);
        pieces.items = List.of(new Item("", "c", Integer.MAX_VALUE, 1));
        assertThat(pieces.sell(1).get(0).amount()).isEqualTo(1);
    }

    @Test
    void a_lead_without_a_rule_earns_nothing_and_a_flat_one_pays() {
        Case lead = new Case().base(1_000).party(1, 10_000);
        lead.kind = On.LEAD;
        assertThat(lead.sell(0)).isEmpty();
        lead.rule("flat", Scope.PROGRAM, null, Case.flat(250, On.LEAD));
        assertThat(amounts(lead.sell(0))).containsExactly("flat 250");
    }

    private static List<String> amounts(List<Earned> earned) {
        return earned.stream().map(one -> one.rule() + " " + one.amount()).toList();
    }
}
