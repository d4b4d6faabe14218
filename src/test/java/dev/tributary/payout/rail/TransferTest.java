package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void tellings_of_one_transfer_come_to_the_same_in_any_order_and_number() {
        long seed = Long.getLong("seed", 20261121L);
        for (int n = 0; n < 1_000; n++) {
            Random random = new Random(seed + n);
            List<Transfer> told = new ArrayList<>();
            for (int i = 0; i < 5; i++)
                told.add(new Transfer(
                        "tr_1",
                        Transfer.Status.values()[random.nextInt(3)],
                        100,
                        "USD",
                        random.nextInt(101),
                        random.nextBoolean() ? "" : "returned",
                        NOW.plusSeconds(random.nextInt(3))));
            Transfer first = told.stream().reduce(Transfer::merged).orElseThrow();
            told.addAll(told.subList(0, 2));
            Collections.shuffle(told, random);
            assertThat(told.stream().reduce(Transfer::merged))
                    .as("seed %d", seed + n)
                    .contains(first);
        }
    }

    @Test
    void what_is_out_is_what_was_done_less_what_came_back() {
        Transfer done = Transfer.done("tr_1", 100, "USD", NOW);
        assertThat(done.outMinor()).isEqualTo(100);
        assertThat(done.reversed(30, NOW).outMinor()).isEqualTo(70);
        assertThat(Transfer.pending("tr_1", 100, "USD", NOW).outMinor()).isZero();
        assertThat(done.merged(Transfer.failed("tr_1", 100, "USD", "returned", NOW.plusSeconds(1)))
                        .outMinor())
                .isZero();
    }

    @Test
    void one_id_with_two_amounts_is_refused() {
        Transfer one = Transfer.done("tr_1", 100, "USD", NOW);
        assertThatThrownBy(() -> one.merged(Transfer.done("tr_1", 101, "USD", NOW)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.merged(Transfer.done("tr_2", 100, "USD", NOW)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.reversed(101, NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_deadline_is_kept_on_the_monotonic_clock() {
        long[] nanos = {Long.MAX_VALUE - 5};
        Deadline deadline = Deadline.startingNow(() -> nanos[0]);
        nanos[0] += Duration.ofSeconds(30).toNanos() - 1;
        assertThat(deadline.hasPassed()).isFalse();
        nanos[0] += 1;
        assertThat(deadline.hasPassed()).isTrue();
    }
}
