package dev.tributary.promo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.money.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What codes take off, each and together. */
class DiscountsTest {
    @ParameterizedTest
    @CsvSource({
        "1999, 2000, 400", // 399.8
        "25, 1000, 2", // 2.5: to the even one
        "35, 1000, 4", // 3.5
        "1, 5000, 0", // 0.5
        "3, 5000, 2", // 1.5
        "1000000000000, 10000, 1000000000000",
        "999999999999, 3333, 333300000000", // 333299999999.6667
        "100, 0, 0",
        "1, 10000, 1"
    })
    void a_percentage_is_rounded_half_even_once(long amount, int bps, long off) {
        assertThat(off(amount, percent(bps))).containsExactly(off);
    }

    @ParameterizedTest
    @CsvSource({"2000, 500, 500", "500, 500, 500", "499, 500, 499", "1, 1000000000000, 1"})
    void a_fixed_amount_takes_no_more_than_there_is(long amount, long fixed, long off) {
        assertThat(off(amount, fixed(fixed))).containsExactly(off);
    }

    @Test
    void minor_units_are_the_currencys_own() {
        assertThat(Discounts.of(new Order(new Money(1_500, "JPY"), List.of(), null), List.of(percent(1_000))))
                .containsExactly(150L);
        assertThat(Discounts.of(new Order(new Money(12_345, "BHD"), List.of(), null), List.of(percent(1_000))))
                .containsExactly(1_234L);
    }

    @Test
    void percentages_are_of_what_is_left_and_come_before_fixed_amounts() {
        // 20 % of 100.00, then 10 % of 80.00, then 5.00.
        assertThat(off(10_000, fixed(500), percent(2_000), percent(1_000))).containsExactly(500L, 2_000L, 800L);
    }

    @Test
    void what_is_left_of_rounding_goes_to_the_largest_remainder() {
        // 33.33 % of 100 is 33.33, of the 66.67 left 22.221..., of the 44.449 left 14.814...: 70.365 together.
        assertThat(off(100, percent(3_333), percent(3_333), percent(3_333))).containsExactly(33L, 22L, 15L);
    }

    @Test
    void a_code_for_products_takes_from_their_price_alone() {
        Order order = new Order(
                new Money(10_000, "EUR"), List.of(new Order.Line("BOOK", 4_000), new Order.Line("PEN", 1_000)), null);

        assertThat(Discounts.of(order, List.of(percent(5_000, "BOOK")))).containsExactly(2_000L);
        assertThat(Discounts.of(order, List.of(fixed(9_000, "BOOK", "PEN")))).containsExactly(5_000L);
        assertThat(Discounts.of(order, List.of(percent(5_000, "MUG")))).containsExactly(0L);
        // Half of the book, then a tenth of what is left of all.
        assertThat(Discounts.of(order, List.of(percent(5_000, "BOOK"), percent(1_000))))
                .containsExactly(2_000L, 800L);
    }

    @Test
    void an_order_that_is_paid_in_full_by_codes_costs_nothing_and_never_less() {
        assertThat(off(5_000, percent(10_000), percent(5_000), fixed(100))).containsExactly(5_000L, 0L, 0L);
    }

    @Test
    void parts_are_never_below_zero_sum_to_the_total_and_stay_within_the_order() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Order order = order(random);
            List<Discounts.Taking> codes = codes(random);
            List<Long> off = Discounts.of(order, codes);
            assertThat(off)
                    .as("seed %d, round %d", seed, i)
                    .hasSameSizeAs(codes)
                    .allMatch(minor -> minor >= 0);
            assertThat(sum(off))
                    .as("seed %d, round %d", seed, i)
                    .isLessThanOrEqualTo(order.amount().amount());
        }
    }

    @Test
    void the_total_is_the_same_in_whatever_order_codes_for_the_whole_order_are_typed() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Order order = new Order(new Money(1 + random.nextLong(1_000_000), "EUR"), List.of(), null);
            List<Discounts.Taking> codes = new ArrayList<>(codes(random).stream()
                    .map(c -> new Discounts.Taking(c.discount(), List.of()))
                    .toList());
            long total = sum(Discounts.of(order, codes));
            Collections.shuffle(codes, random);
            assertThat(sum(Discounts.of(order, codes)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(total);
        }
    }

    private static long sum(List<Long> parts) {
        return parts.stream().mapToLong(Long::longValue).sum();
    }

    private static Order order(Random random) {
        List<Order.Line> lines = IntStream.range(0, random.nextInt(4))
                .mapToObj(n -> new Order.Line("SKU" + random.nextInt(3), random.nextLong(100_000)))
                .toList();
        long sum = lines.stream().mapToLong(Order.Line::minor).sum();
        return new Order(new Money(sum + 1 + random.nextLong(100_000), "EUR"), lines, null);
    }

    private static List<Discounts.Taking> codes(Random random) {
        return Stream.generate(() -> {
                    String[] products =
                            random.nextInt(3) == 0 ? new String[] {"SKU" + random.nextInt(3)} : new String[0];
                    return random.nextBoolean()
                            ? percent(random.nextInt(10_001), products)
                            : fixed(1 + random.nextLong(200_000), products);
                })
                .limit(1 + random.nextInt(5))
                .toList();
    }

    private static List<Long> off(long amount, Discounts.Taking... codes) {
        return Discounts.of(new Order(new Money(amount, "EUR"), List.of(), null), List.of(codes));
    }

    private static Discounts.Taking percent(int bps, String... products) {
        return new Discounts.Taking(
                new Discount(Discount.Type.PERCENTAGE, bps, null, Discount.Span.ONCE, null), List.of(products));
    }

    private static Discounts.Taking fixed(long minor, String... products) {
        return new Discounts.Taking(
                new Discount(Discount.Type.FIXED_AMOUNT, minor, "EUR", Discount.Span.ONCE, null), List.of(products));
    }
}
