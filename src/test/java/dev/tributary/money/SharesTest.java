package dev.tributary.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void a_share_is_rounded_once_and_ties_go_to_the_even_unit() {
        assertThat(Shares.of(1_999, 1_000)).isEqualTo(200);
        assertThat(Shares.of(5, 1_000)).isZero();
        assertThat(Shares.of(15, 1_000)).isEqualTo(2);
        assertThat(Shares.of(25, 1_000)).isEqualTo(2);
        assertThat(Shares.of(35, 1_000)).isEqualTo(4);
        assertThat(Shares.of(-25, 1_000)).isEqualTo(-2);
        assertThat(Shares.of(26, 1_000)).isEqualTo(3);
    }

    @Test
    void the_largest_amount_has_shares_and_what_is_larger_is_refused() {
        assertThat(Shares.of(Long.MAX_VALUE, 10_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(Shares.of(Long.MAX_VALUE, 1)).isEqualTo(922_337_203_685_478L);
        assertThat(Shares.proportion(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                .isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> Shares.of(Long.MAX_VALUE, 10_001)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Shares.proportion(1, 1, 0)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_proportion_is_half_even_for_odd_and_even_wholes() {
        assertThat(Shares.proportion(1, 1, 2)).isZero();
        assertThat(Shares.proportion(3, 1, 2)).isEqualTo(2);
        assertThat(Shares.proportion(5, 1, 2)).isEqualTo(2);
        assertThat(Shares.proportion(100, 1, 3)).isEqualTo(33);
        assertThat(Shares.proportion(100, 2, 3)).isEqualTo(67);
        assertThat(Shares.proportion(100, 0, 3)).isZero();
    }

    @Test
    void parts_sum_to_the_whole_and_the_largest_remainder_comes_first() {
        assertThat(Shares.split(exact("33.3333", "33.3333", "33.3334"))).containsExactly(33L, 33L, 34L);
        assertThat(Shares.split(exact("0.5", "0.5"))).containsExactly(1L, 0L);
        assertThat(Shares.split(exact("0.5"))).containsExactly(0L);
        assertThat(Shares.split(exact("1.5"))).containsExactly(2L);
        assertThat(Shares.split(exact("1", "2", "3"))).containsExactly(1L, 2L, 3L);
        assertThat(Shares.split(exact("0.25", "0.25"))).containsExactly(0L, 0L);
        assertThat(Shares.split(exact("0.9", "0.9", "0.2"))).containsExactly(1L, 1L, 0L);
        assertThat(Shares.split(List.of())).isEmpty();
    }

    @Test
    void any_split_sums_to_its_rounded_whole_and_no_part_is_a_unit_off() {
        Random random = new Random(20261121);
        for (int n = 0; n < 10_000; n++) {
            List<BigDecimal> parts = LongStream.range(0, 1 + random.nextInt(7))
                    .mapToObj(i -> new BigDecimal(new BigInteger(60, random), 8))
                    .toList();
            List<Long> split = Shares.split(parts);

            assertThat(split.stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(Shares.rounded(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
            for (int i = 0; i < parts.size(); i++)
                assertThat(BigDecimal.valueOf(split.get(i))
                                .subtract(parts.get(i))
                                .abs())
                        .isLessThan(BigDecimal.ONE);
        }
    }

    private static List<BigDecimal> exact(String... parts) {
        return java.util.Arrays.stream(parts).map(BigDecimal::new).toList();
    }
}
