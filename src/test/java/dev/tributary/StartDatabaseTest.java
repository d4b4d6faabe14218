package dev.tributary;

import static io.restassured.RestAssured.given;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class StartDatabaseTest {
    @Test
    void the_application_is_live() {
        given().get("/q/health/live").then().statusCode(200);
    }
}
