package dev.tributary.payout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.payout.rail.Traits;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random lives of payouts, 10,000 of them over four sorts of rails: nobody is paid twice and nobody is forgotten. */
class PayoutProperties {
    private static final int COURSES = 10_000;
    private static final Traits.Codes CODES =
            new Traits.Codes(Set.of("account_closed"), Set.of("no_funds"), Set.of("key_reused"), Set.of("busy"));

    /** With keys and look-ups, with keys and look-ups of what it told, with keys alone, with nothing. */
    private static final List<Traits> RAILS = List.of(
            traits(FickleProvider.KEPT, true, true),
            traits(FickleProvider.KEPT, false, true),
            traits(FickleProvider.KEPT, false, false),
            traits(Duration.ZERO, false, false));

    @Test
    void nobody_is_paid_twice_and_nobody_is_forgotten() {
        long seed = Long.getLong("seed", 20261121L);
        Set<String> reached = new TreeSet<>();
        for (int n = 0; n < COURSES; n++) {
            Traits traits = RAILS.get(n % RAILS.size());
            Course course = new Course(new Random(seed + n), traits, traits.isKeyed(), reached);
            try {
                course.run();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + (seed + n) + ": " + course.told(), failed);
            }
        }
        assertThat(reached)
                .as("the lives lead everywhere")
                .contains("requested", "approved", "submitted", "unknown", "paid", "failed", "canceled", "returned")
                .contains("Send", "LookUp", "GiveUpWaiting", "Nothing")
                .contains("APPROVE", "HELD", "DOUBT", "ABSENT", "CONFIRM", "OUT_OF_FUNDS", "RAIL_DOWN");
    }

    @Test
    void a_provider_that_forgets_keys_sooner_than_it_promised_is_found_out() {
        assertThat(paidTwice(traits(Duration.ofHours(72), false, false), true)).isPositive();
    }

    @Test
    void a_provider_without_keys_that_is_taken_for_one_with_keys_is_found_out() {
        assertThat(paidTwice(traits(FickleProvider.KEPT, true, true), false)).isPositive();
    }

    private static Traits traits(Duration window, boolean looksUp, boolean follows) {
        return new Traits(window, looksUp, follows, Duration.ofMinutes(5), CODES);
    }

    private static int paidTwice(Traits wrong, boolean keyed) {
        int found = 0;
        for (int n = 0; n < 1_000; n++) {
            try {
                new Course(new Random(n), wrong, keyed, new TreeSet<>()).run();
            } catch (Course.PaidTwice twice) {
                found++;
            } catch (AssertionError | RuntimeException other) {
                // another consequence of the same mistake
            }
        }
        return found;
    }
}
