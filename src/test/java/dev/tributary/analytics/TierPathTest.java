package dev.tributary.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.program.Tier;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierPathTest {
    private static final Tier BRONZE = tier(10, 0, 0);
    private static final Tier SILVER = tier(20, 10, 50_000);
    private static final Tier GOLD = tier(30, 100, Long.MAX_VALUE / 2);
    private static final List<Tier> ALL = List.of(BRONZE, SILVER, GOLD);

    private static Tier tier(int rank, long conversions, long revenue) {
        return new Tier(
                UUID.randomUUID(),
                new UUID(0, 1),
                "T" + rank,
                rank,
                conversions,
                revenue,
                1_000,
                0,
                null,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @Test
    void the_next_tier_is_the_one_above() {
        TierPath path = TierPath.of(ALL, SILVER.id());
        assertThat(path.current()).contains(SILVER);
        assertThat(path.next()).contains(GOLD);
        assertThat(TierPath.of(ALL, GOLD.id()).next()).isEmpty();
        assertThat(TierPath.of(ALL, null).next()).contains(BRONZE);
        assertThat(TierPath.of(List.of(), null).next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "5, 50000, 5000", "10, 25000, 5000", "9, 49999, 9000", "10, 50000, 10000", "99, -1, 0"})
    void progress_is_that_of_the_requirement_that_is_further_off(long conversions, long revenue, int share) {
        TierPath path = TierPath.of(ALL, BRONZE.id());
        assertThat(path.share(new Reached(conversions, revenue))).isEqualTo(share);
    }

    @Test
    void the_largest_amounts_have_a_share_too() {
        TierPath path = TierPath.of(ALL, SILVER.id());
        assertThat(path.share(new Reached(100, Long.MAX_VALUE / 4))).isBetween(4_999, 5_000);
        assertThat(TierPath.of(ALL, GOLD.id()).share(Reached.NOTHING)).isEqualTo(10_000);
    }
}
