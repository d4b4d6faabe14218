package dev.tributary.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class RefusalTemplatesDatabaseTest {
    @Test
    void a_refusal_is_counted_under_the_template_of_its_path() {
        given().header("Authorization", "Bearer e30.e30.e30")
                .delete("/api/affiliate/links/" + UUID.randomUUID())
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("unauthenticated"));

        // what was answered is counted a moment later
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!isCounted()) assertThat(System.nanoTime()).isLessThan(deadline);
    }

    private static boolean isCounted() {
        return given().get("/metrics")
                .asString()
                .lines()
                .anyMatch(line -> line.startsWith("http_server_requests_seconds_count")
                        && line.contains("method=\"DELETE\"")
                        && line.contains("status=\"401\"")
                        && line.contains("uri=\"/api/affiliate/links/{}\""));
    }

    /** Fails where an upgrade changes the order of handlers: then each request works its template out twice again. */
    @Test
    void nobody_else_works_templates_out_before_sign_in() {
        given().get("/api/key-probe/refuser").then().statusCode(200).body(startsWith(RefusalTemplates.class.getName()));
    }
}
