package dev.tributary.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryTierTest {
    private static final Tier BRONZE = tier(10, 0);
    private static final Tier SILVER = tier(20, 10);

    private static Tier tier(int rank, long conversions) {
        return new Tier(
                UUID.randomUUID(),
                new UUID(0, 1),
                "T" + rank,
                rank,
                conversions,
                0,
                1_000,
                0,
                null,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @Test
    void who_is_new_enters_the_lowest_tier_where_it_asks_for_nothing() {
        assertThat(Enrollments.entry(List.of(BRONZE, SILVER))).isEqualTo(BRONZE.id());
        assertThat(Enrollments.entry(List.of(SILVER))).isNull();
        assertThat(Enrollments.entry(List.of())).isNull();
    }
}
