package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void in_no_second_more_leave_than_the_provider_allows_however_late_timers_are() {
        long seed = Long.getLong("seed", 20261121L);
        for (int n = 0; n < 300; n++) {
            Random random = new Random(seed + n);
            int perSecond = 1 + random.nextInt(100);
            int longest = 1 + random.nextInt(1_000);
            long[] now = {random.nextLong()};
            Pace pace = new Pace(perSecond, () -> now[0]);
            List<Long> left = new ArrayList<>();
            while (left.size() < 500) {
                Duration wait = pace.takeIfFree();
                if (wait.isZero()) left.add(now[0]);
                // a timer that may be late, by a pause of the machine even very late
                now[0] += wait.toNanos()
                        + (random.nextInt(10) == 0 ? random.nextLong(SECOND) : random.nextLong(SECOND / longest));
            }
            for (int i = perSecond; i < left.size(); i++)
                assertThat(left.get(i) - left.get(i - perSecond))
                        .as("seed %d", seed + n)
                        .isGreaterThanOrEqualTo(SECOND + Pace.ON_ITS_WAY.toNanos());
        }
    }

    @Test
    void timers_that_are_a_little_late_cost_nothing() {
        long[] now = {0};
        Pace pace = new Pace(500, () -> now[0]);
        int left = 0;
        while (now[0] < 10 * SECOND) {
            Duration wait = pace.takeIfFree();
            if (wait.isZero()) left++;
            // no timer is finer than a millisecond, and this one is always late
            now[0] += wait.isZero() ? 0 : Math.max(wait.toNanos(), SECOND / 1_000) + SECOND / 500;
        }
        assertThat(left).isBetween(4_100, 4_600);
    }

    @Test
    void of_a_long_pause_no_more_is_caught_up_than_was_kept_free_for_it() {
        long[] now = {0};
        Pace pace = new Pace(120, () -> now[0]);
        assertThat(pace.takeIfFree()).isZero();
        assertThat(pace.takeIfFree()).isEqualTo(Duration.ofMillis(10));
        now[0] = 60 * SECOND;
        for (int caughtUp = 0; caughtUp < 11; caughtUp++)
            assertThat(pace.takeIfFree()).isZero();
        assertThat(pace.takeIfFree()).isEqualTo(Duration.ofMillis(10));
        assertThatThrownBy(() -> new Pace(0, () -> 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
