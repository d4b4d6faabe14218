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
    void in_no_second_more_leave_than_the_provider_allows() {
        long seed = Long.getLong("seed", 20261121L);
        for (int n = 0; n < 200; n++) {
            Random random = new Random(seed + n);
            int perSecond = 1 + random.nextInt(100);
            long[] now = {random.nextLong()};
            Pace pace = new Pace(perSecond, () -> now[0]);
            List<Long> left = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                now[0] += random.nextInt(10) == 0 ? random.nextLong(SECOND) : random.nextLong(SECOND / 100);
                left.add(now[0] + pace.take().toNanos());
            }
            for (int i = perSecond; i < left.size(); i++)
                assertThat(left.get(i) - left.get(i - perSecond))
                        .as("seed %d", seed + n)
                        .isGreaterThanOrEqualTo(SECOND);
        }
    }

    @Test
    void whoever_asks_just_before_it_leaves_is_never_bunched_by_delays() {
        for (int n = 0; n < 200; n++) {
            Random random = new Random(n);
            int perSecond = 1 + random.nextInt(100);
            long[] now = {random.nextLong()};
            Pace pace = new Pace(perSecond, () -> now[0]);
            List<Long> left = new ArrayList<>();
            while (left.size() < 300) {
                Duration wait = pace.takeIfFree();
                if (wait.isZero()) left.add(now[0]);
                // a timer that may be late, by a pause of the machine even very late
                now[0] += wait.toNanos()
                        + (random.nextInt(10) == 0 ? random.nextLong(SECOND) : random.nextLong(SECOND / 1_000));
            }
            for (int i = perSecond; i < left.size(); i++)
                assertThat(left.get(i) - left.get(i - perSecond)).isGreaterThanOrEqualTo(SECOND);
        }
    }

    @Test
    void whoever_comes_late_waits_for_nothing_and_saves_nothing_up() {
        long[] now = {0};
        Pace pace = new Pace(10, () -> now[0]);
        assertThat(pace.take()).isZero();
        assertThat(pace.take()).isEqualTo(Duration.ofMillis(100));
        now[0] = 60 * SECOND;
        assertThat(pace.take()).isZero();
        assertThat(pace.take()).isEqualTo(Duration.ofMillis(100));
        assertThatThrownBy(() -> new Pace(0, () -> 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
