package dev.tributary.promo;

import static dev.tributary.promo.Store.staff;
import static dev.tributary.promo.Store.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What ends by itself: reservations, and codes with an end. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class RedemptionsJobDatabaseTest {
    @Inject
    Pool pool;

    @Inject
    CommandLineApplication application;

    @Test
    void what_is_over_is_released_and_expired_and_a_dry_run_only_tells() {
        Store store = Store.open();
        String text = unique();
        String code = store.code(text, Map.of("maxUses", 1, "expiresAt", "2098-01-01T00:00:00Z"));
        String redemption =
                store.apply("cust", 1_000, text).statusCode(201).extract().path("id");
        run(
                "UPDATE redemption SET expires_at = now() - interval '1 second' WHERE id = $1",
                TypeId.REDEMPTION.parse(redemption).orElseThrow());
        run(
                "UPDATE discount_code SET expires_at = now() - interval '1 second' WHERE id = $1",
                TypeId.DISCOUNT_CODE.parse(code).orElseThrow());

        assertThat(Typed.run(application, "job", "redemptions", "--dry-run").toString())
                .contains("would release");
        shown(store, redemption, "reserved");

        assertThat(Typed.run(application, "job", "redemptions").exitCode()).isZero();
        shown(store, redemption, "released");
        staff("admin").get(Store.CODES + "/" + code).then().body("status", equalTo("expired"), "uses", equalTo(0));
        staff("admin")
                .body(Map.of("expiresAt", "2098-01-01T00:00:00Z"))
                .patch(Store.CODES + "/" + code)
                .then()
                .statusCode(200)
                .body("status", equalTo("active"));
    }

    private static void shown(Store store, String redemption, String state) {
        store.server().get(Store.REDEMPTIONS + redemption).then().body("state", equalTo(state));
    }

    private void run(String sql, UUID id) {
        pool.preparedQuery(sql).execute(Tuple.of(id)).await().atMost(Duration.ofSeconds(10));
    }
}
