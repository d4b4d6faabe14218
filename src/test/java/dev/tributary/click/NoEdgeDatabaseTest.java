package dev.tributary.click;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.ApiAlone;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An instance that serves the API alone. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(ApiAlone.class)
class NoEdgeDatabaseTest {
    @Test
    void it_is_ready_without_a_journal_and_serves_the_api() {
        given().get("/q/health/ready").then().statusCode(200);
        given().auth()
                .oauth2(Tokens.of("admin"))
                .get("/api/admin/programs")
                .then()
                .statusCode(200);
        assertThat(Files.exists(Path.of(ApiAlone.JOURNAL))).isFalse();
    }

    @Test
    void a_click_that_comes_to_it_is_told_so_and_not_taken() {
        given().redirects().follow(false).get("/r/ECO10").then().statusCode(404);
        given().contentType("application/json")
                .body("{\"ref\": \"ECO10\", \"url\": \"https://shop.example/\"}")
                .post("/api/track/click")
                .then()
                .statusCode(404);
        given().get("/metrics")
                .then()
                .statusCode(200)
                .body(org.hamcrest.Matchers.not(
                        org.hamcrest.Matchers.containsString("tributary_link_seconds_since_refresh")));
    }
}
