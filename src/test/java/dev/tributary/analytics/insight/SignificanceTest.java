package dev.tributary.analytics.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignificanceTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1.96, 0.05", "-1.96, 0.05", "2.576, 0.01", "3.291, 0.001"})
    void chance_is_what_the_tables_of_the_normal_distribution_say(double z, double chance) {
        assertThat(Significance.chance(z)).isCloseTo(chance, within(0.0002));
    }

    @Test
    void small_counts_say_nothing_and_large_ones_do() {
        assertThat(Significance.ofCounts(12, 3)).isZero();
        assertThat(Significance.ofCounts(120, 60)).isCloseTo(59 / Math.sqrt(180), within(1e-9));
        assertThat(Significance.ofCounts(60, 120)).isNegative();
        assertThat(Significance.ofCounts(30, 30)).isZero();
        assertThat(Significance.ofRates(50, 1_000, 25, 1_000)).isBetween(2.9, 3.0);
        assertThat(Significance.ofRates(50, 99, 1, 1_000)).isZero();
        assertThat(Significance.ofRates(200, 100, 1, 1_000)).isZero();
    }

    @Test
    void the_more_are_compared_the_more_it_takes() {
        assertThat(Significance.isNotable(2.7, 1)).isTrue();
        assertThat(Significance.isNotable(2.7, 10)).isFalse();
        assertThat(Significance.isNotable(4, 10)).isTrue();
    }

    /** Two periods of the same shop: a rule that looks at six figures speaks of hardly any. */
    @Test
    void where_nothing_changed_hardly_anything_is_found() {
        Random random = new Random(11);
        int found = 0;
        for (int i = 0; i < 10_000; i++) {
            double mean = 20 + random.nextInt(400);
            if (Significance.isNotable(Significance.ofCounts(drawn(random, mean), drawn(random, mean)), 1)) found++;
        }
        assertThat(found).isLessThan(150);
    }

    /** A Poisson number by the normal distribution, which is good enough from twenty on. */
    private static long drawn(Random random, double mean) {
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
}
