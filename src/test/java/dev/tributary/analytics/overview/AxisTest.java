package dev.tributary.analytics.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 1, 1",
        "0, 1, 1",
        "1, 1, 1",
        "2, 2, 1",
        "5, 5, 1",
        "6, 6, 2",
        "10, 10, 2",
        "11, 15, 5",
        "47, 50, 10",
        "99, 100, 20",
        "101, 150, 50",
        "123456, 150000, 50000"
    })
    void it_ends_with_the_next_round_number(long highest, long top, long step) {
        assertThat(Axis.to(highest)).isEqualTo(new Axis(top, step));
    }

    @Test
    void any_number_is_within_and_lines_are_few() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long highest = random.nextLong() >>> random.nextInt(64);
            Axis axis = Axis.to(highest);
            List<Long> ticks = axis.ticks();

            assertThat(axis.top()).isGreaterThanOrEqualTo(highest);
            assertThat(ticks).hasSizeBetween(2, 6).isSorted().first().isEqualTo(0L);
            assertThat(ticks.get(ticks.size() - 1)).isEqualTo(axis.top());
            assertThat(axis.height(highest)).isBetween(0.0, 1.0);
        }
        assertThat(Axis.to(Long.MAX_VALUE).ticks()).hasSizeBetween(2, 6);
    }
}
