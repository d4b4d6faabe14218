package dev.tributary.affiliate;

import static io.restassured.RestAssured.given;

import dev.tributary.Tokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** What staff do in these tests. */
final class Staff {
    static final String AFFILIATES = "/api/admin/affiliates";

    private Staff() {}

    static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json").contentType("application/json");
    }

    static ValidatableResponse post(String path, Object body) {
        return as("admin").body(body).post(path).then();
    }

    static String unique() {
        return UUID.randomUUID().toString();
    }

    static String affiliate() {
        return affiliate(Map.of("name", "Ann Other", "email", unique() + "@example.com"));
    }

    static String affiliate(Map<String, ?> body) {
        return post(AFFILIATES, body).statusCode(201).extract().path("id");
    }

    static ValidatableResponse status(String affiliate, String status) {
        return post(
                AFFILIATES + "/" + affiliate + "/status", Map.of("status", status, "reason", "Because of " + status));
    }
}
