package dev.tributary.link;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(DemoDatabaseTest.WithDemo.class)
class DemoDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Demo demo;

    @Inject
    Transactions transactions;

    public static final class WithDemo implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tributary.demo", "true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECO10", "eco10", "DEMO0001", "DEMO0500", "DEMO1000", "NOTES-JONAS"})
    void a_demo_link_redirects_with_credit(String code) {
        given().redirects()
                .follow(false)
                .get("/r/" + code)
                .then()
                .statusCode(302)
                .header("Location", containsString("click_id=clk_"));
    }

    @Test
    void the_visits_of_a_suspended_enrollment_earn_nothing() {
        given().redirects()
                .follow(false)
                .get("/r/NOTES-LIAM")
                .then()
                .statusCode(302)
                .header("Location", not(containsString("click_id=")));
    }

    @Test
    void a_second_load_adds_nothing_and_takes_no_version() {
        long version = number("SELECT last_value FROM change_version");
        assertThat(demo.load().await().atMost(PATIENCE)).isZero();
        assertThat(number("SELECT last_value FROM change_version")).isEqualTo(version);
        assertThat(number("SELECT count(*) FROM link WHERE code_key LIKE 'DEMO%' AND status = 'active'"))
                .isEqualTo(1_000);
        assertThat(number("SELECT count(*) FROM affiliate WHERE email LIKE '%@affiliates.example'"))
                .isEqualTo(12);
    }

    @Test
    void what_was_changed_by_hand_stays_and_a_code_of_ones_own_is_no_obstacle() {
        String rename = "UPDATE program SET name = 'Mine' WHERE slug = 'eco-goods'";
        String missing = "DELETE FROM link WHERE code_key = 'DEMO0007'";
        transactions
                .run(tx -> run(tx, rename).chain(() -> run(tx, missing)))
                .await()
                .atMost(PATIENCE);
        assertThat(demo.load().await().atMost(PATIENCE)).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM program WHERE name = 'Mine'")).isEqualTo(1);
    }

    @Test
    void the_demo_is_seen_by_staff() {
        given().auth()
                .oauth2(Tokens.of("admin"))
                .get("/api/admin/links?code=ECO10")
                .then()
                .body("data[0].code", org.hamcrest.Matchers.equalTo("ECO10"));
    }

    private static io.smallrye.mutiny.Uni<Void> run(SqlConnection tx, String sql) {
        return tx.query(sql).execute().replaceWithVoid();
    }

    private long number(String sql) {
        return transactions
                .read(connection -> connection.query(sql).execute())
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .atMost(PATIENCE);
    }
}
