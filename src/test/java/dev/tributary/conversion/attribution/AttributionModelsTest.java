package dev.tributary.conversion.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every model, over every number of touches that there may be and thousands of random journeys. */
class AttributionModelsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<AttributionModel> MODELS =
            List.of(new LastClick(), new FirstClick(), new Linear(), new TimeDecay(), new PositionBased());

    @Test
    void weights_of_one_to_a_hundred_touches_sum_to_exactly_the_whole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (AttributionModel model : MODELS) {
            for (int touches = 1; touches <= Journey.MOST_CLICKS; touches++) {
                for (int round = 0; round < 50; round++) {
                    int[] weights = model.weigh(journey(random, touches));
                    assertThat(weights)
                            .as("%s of %d, seed %d", model.word(), touches, seed)
                            .hasSize(touches);
                    assertThat(IntStream.of(weights).sum())
                            .as("%s, seed %d", model.word(), seed)
                            .isEqualTo(10_000);
                    assertThat(IntStream.of(weights).min().getAsInt())
                            .as("seed %d", seed)
                            .isNotNegative();
                }
            }
        }
    }

    @Test
    void one_touch_gets_everything_whatever_the_model() {
        for (AttributionModel model : MODELS) assertThat(model.weigh(days(3))).containsExactly(10_000);
    }

    @Test
    void last_click_credits_the_newest_and_first_click_the_oldest() {
        assertThat(new LastClick().weigh(days(0, 1, 2))).containsExactly(0, 0, 10_000);
        assertThat(new FirstClick().weigh(days(0, 1, 2))).containsExactly(10_000, 0, 0);
    }

    @Test
    void linear_shares_equally_and_gives_the_odd_basis_points_to_the_newest() {
        assertThat(new Linear().weigh(days(0, 1))).containsExactly(5_000, 5_000);
        assertThat(new Linear().weigh(days(0, 1, 2))).containsExactly(3_333, 3_333, 3_334);
        assertThat(new Linear().weigh(days(0, 1, 2, 3, 4, 5)))
                .containsExactly(1_666, 1_666, 1_667, 1_667, 1_667, 1_667);
    }

    @Test
    void position_based_gives_forty_percent_to_each_end() {
        assertThat(new PositionBased().weigh(days(0, 1))).containsExactly(5_000, 5_000);
        assertThat(new PositionBased().weigh(days(0, 1, 2))).containsExactly(4_000, 2_000, 4_000);
        assertThat(new PositionBased().weigh(days(0, 1, 2, 3))).containsExactly(4_000, 1_000, 1_000, 4_000);
        assertThat(new PositionBased().weigh(days(0, 1, 2, 3, 4))).containsExactly(4_000, 666, 667, 667, 4_000);
    }

    @Test
    void time_decay_halves_with_every_seven_days() {
        assertThat(new TimeDecay().weigh(days(0, 7))).containsExactly(3_333, 6_667);
        assertThat(new TimeDecay().weigh(days(0, 7, 14))).containsExactly(1_429, 2_857, 5_714);
        assertThat(new TimeDecay().weigh(days(0, 0))).containsExactly(5_000, 5_000);
        assertThat(new TimeDecay().weigh(days(0, 365))).containsExactly(0, 10_000);
    }

    @Test
    void time_decay_agrees_with_the_formula_to_a_basis_point_at_any_age() {
        for (int hours = 0; hours <= 24 * 60; hours++) {
            double half = Math.pow(2, -hours / 168.0);
            int[] weights = new TimeDecay().weigh(List.of(START, START.plus(Duration.ofHours(hours))));
            assertThat((double) weights[0]).isBetween(10_000 * half / (1 + half) - 1, 10_000 * half / (1 + half) + 1);
        }
    }

    @Test
    void time_decay_never_gives_an_older_touch_more() {
        Random random = new Random(20261121);
        for (int round = 0; round < 2_000; round++) {
            int[] weights = new TimeDecay().weigh(journey(random, 1 + random.nextInt(100)));
            assertThat(weights).isSorted();
        }
    }

    @Test
    void what_cannot_be_shared_is_refused() {
        assertThatThrownBy(() -> Weights.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Weights.of(5, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Weights.of(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Weights.of(Long.MAX_VALUE, 1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void each_part_is_within_one_basis_point_of_its_share() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            long[] parts = random.longs(1 + random.nextInt(100), 0, 1L << 30).toArray();
            parts[0]++;
            long sum = 0;
            for (long part : parts) sum += part;
            int[] weights = Weights.of(parts);
            for (int i = 0; i < parts.length; i++) {
                assertThat((double) weights[i]).isBetween(parts[i] * 10_000.0 / sum - 1, parts[i] * 10_000.0 / sum + 1);
            }
        }
    }

    private static List<Instant> days(int... days) {
        return IntStream.of(days)
                .mapToObj(day -> START.plus(Duration.ofDays(day)))
                .toList();
    }

    private static List<Instant> journey(Random random, int touches) {
        List<Instant> journey = new ArrayList<>();
        for (int i = 0; i < touches; i++) journey.add(START.plusMillis(random.nextLong(365L * 86_400_000)));
        Collections.sort(journey);
        return journey;
    }
}
