package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MILLI = SECOND / 1_000;

    /** Timers, threads and the way there and back take random times, by pauses of the machine even very long ones. */
    @Test
    void in_no_second_more_come_than_the_provider_allows_however_long_they_are_under_way() {
        long seed = Long.getLong("seed", 20261122L);
        for (int n = 0; n < 300; n++) {
            Random random = new Random(seed + n);
            int perSecond = 1 + random.nextInt(100);
            long usual = 1 + random.nextLong(SECOND / 2);
            List<Long> came = new Way(random, usual).arrivals(perSecond, 500);
            for (int i = perSecond; i < came.size(); i++)
                assertThat(came.get(i) - came.get(i - perSecond))
                        .as("seed %d", seed + n)
                        .isGreaterThanOrEqualTo(SECOND);
        }
    }

    /** A provider and the way to it. */
    private static final class Way {
        private final Random random;
        private final long usual;
        private long now;

        Way(Random random, long usual) {
            this.random = random;
            this.usual = usual;
        }

        List<Long> arrivals(int perSecond, int many) {
            List<Long> came = new ArrayList<>();
            Pace pace = new Pace(perSecond, () -> now);
            PriorityQueue<Long> answers = new PriorityQueue<>();
            while (came.size() < many) {
                Duration wait = pace.takeIfFree();
                if (wait.isZero()) {
                    long there = now + some();
                    came.add(there);
                    answers.add(there + some());
                }
                long next = now + wait.toNanos() + random.nextLong(usual);
                while (!answers.isEmpty() && answers.peek() <= next) {
                    now = answers.poll();
                    pace.answered();
                }
                now = next;
            }
            return came.stream().sorted().toList();
        }

        private long some() {
            return random.nextInt(20) == 0 ? random.nextLong(3 * SECOND) : random.nextLong(usual);
        }
    }

    @Test
    void quick_answers_and_timers_that_are_a_little_late_cost_little() {
        long[] now = {0};
        Pace pace = new Pace(500, () -> now[0]);
        PriorityQueue<Long> answers = new PriorityQueue<>();
        int left = 0;
        while (now[0] < 10 * SECOND) {
            while (!answers.isEmpty() && answers.peek() <= now[0]) {
                answers.poll();
                pace.answered();
            }
            Duration wait = pace.takeIfFree();
            if (wait.isZero()) {
                left++;
                answers.add(now[0] + 20 * MILLI);
            }
            // no timer is finer than a millisecond, and this one is always late
            now[0] += wait.isZero() ? 0 : Math.max(wait.toNanos(), MILLI) + 2 * MILLI;
        }
        assertThat(left).isBetween(4_700, 5_000);
    }

    @Test
    void who_has_no_answers_asks_no_more() {
        long[] now = {0};
        Pace pace = new Pace(3, () -> now[0]);
        for (int i = 0; i < 3; i++) {
            assertThat(pace.takeIfFree()).isZero();
            now[0] += SECOND;
        }
        now[0] = 100 * SECOND;
        assertThat(pace.takeIfFree()).isEqualTo(Duration.ofSeconds(1));
        pace.answered();
        now[0] += SECOND / 4;
        assertThat(pace.takeIfFree()).isEqualTo(Duration.ofMillis(750));
        now[0] += SECOND;
        assertThat(pace.takeIfFree()).isZero();
    }

    @Test
    void of_a_long_pause_no_more_is_caught_up_than_a_little() {
        long[] now = {0};
        Pace pace = new Pace(100, () -> now[0]);
        assertThat(pace.takeIfFree()).isZero();
        assertThat(pace.takeIfFree()).isEqualTo(Duration.ofMillis(10));
        now[0] = 60 * SECOND;
        for (int caughtUp = 0; caughtUp < 11; caughtUp++)
            assertThat(pace.takeIfFree()).isZero();
        assertThat(pace.takeIfFree()).isEqualTo(Duration.ofMillis(10));
        assertThatThrownBy(() -> new Pace(0, () -> 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
