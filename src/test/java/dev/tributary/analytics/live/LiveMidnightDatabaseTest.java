package dev.tributary.analytics.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.MovedClock;
import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Midnight in New York, on the night in March 2026 that has an hour less. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class LiveMidnightDatabaseTest {
    @Inject
    MovedClock clock;

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    @Test
    void at_midnight_of_the_program_a_new_day_begins_with_a_snapshot() {
        clock.at("2026-03-08T04:59:00Z");
        Promoter ada = Promoter.in(pool, "America/New_York");
        Commissions commissions = new Commissions(pool, ids, clock);
        commissions.earned(ada.id(), ada.id(), 700, "EUR", clock.instant());
        String token = Tokens.as(ada.id().toString(), "affiliate");
        try (Listening day = Listening.to("?period=today", token);
                Listening month = Listening.to("?period=month", token)) {
            JsonObject first = day.next().data();
            assertThat(first.getString("from")).isEqualTo("2026-03-07T05:00:00Z");
            assertThat(first.getString("to")).isEqualTo("2026-03-08T05:00:00Z");
            assertThat(earned(first)).isEqualTo(700);
            month.next();

            clock.at("2026-03-08T05:00:00Z");

            JsonObject second = day.next("snapshot").data();
            assertThat(second.getString("from")).isEqualTo("2026-03-08T05:00:00Z");
            assertThat(second.getString("to")).isEqualTo("2026-03-09T04:00:00Z");
            assertThat(earned(second)).isZero();

            commissions.earned(ada.id(), ada.id(), 30, "EUR", Instant.parse("2026-03-08T05:00:00Z"));
            assertThat(earned(day.next().data().getJsonObject("totals"))).isEqualTo(30);
            assertThat(earned(month.next().data().getJsonObject("totals"))).isEqualTo(730);
        }
    }

    private static long earned(JsonObject figures) {
        return figures.getJsonArray("earned").getJsonObject(0).getLong("earned");
    }
}
