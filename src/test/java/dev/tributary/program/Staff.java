package dev.tributary.program;

import static io.restassured.RestAssured.given;

import dev.tributary.Tokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** What the tests of this room do as staff. */
final class Staff {
    static final String PROGRAMS = "/api/admin/programs";

    private Staff() {}

    static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json").contentType("application/json");
    }

    static ValidatableResponse post(String path, Object body) {
        return as("admin").body(body).post(path).then();
    }

    static ValidatableResponse patch(String path, Object body) {
        return as("admin").body(body).patch(path).then();
    }

    static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** The id of a new program in US dollars. */
    static String program() {
        return id(post(
                PROGRAMS,
                Map.of("name", "P " + unique(), "landingUrl", "https://shop.example.com/", "currency", "USD")));
    }

    /** The id of a new affiliate's new enrollment. */
    static String enrollment(String program) {
        String affiliate = id(post("/api/admin/affiliates", Map.of("name", "A", "email", unique() + "@example.com")));
        return id(post(PROGRAMS + "/" + program + "/enrollments", Map.of("affiliateId", affiliate)));
    }

    static String id(ValidatableResponse made) {
        return made.statusCode(201).extract().path("id");
    }
}
