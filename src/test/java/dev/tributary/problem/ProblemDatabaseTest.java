package dev.tributary.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class ProblemDatabaseTest {
    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/probe")
                .then();
    }

    private static ValidatableResponse is(ValidatableResponse answer, int status, String code) {
        for (String once : List.of("Cache-Control", "X-Content-Type-Options", "Content-Type"))
            assertThat(answer.extract().headers().getValues(once)).as(once).hasSize(1);
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("type", equalTo("about:blank"))
                .body("title", notNullValue());
    }

    @Test
    void a_word_that_is_not_known_is_answered_with_those_that_are_as_they_are_written() {
        post("{\"name\": \"a\", \"size\": 1, \"color\": \"RED\"}")
                .statusCode(400)
                .body("errors[0].message", equalTo("color is one of red, blue"));
    }

    @Test
    void a_good_request_passes() {
        post("{\"name\": \"a\", \"size\": 1, \"color\": \"red\"}")
                .statusCode(200)
                .header("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"a\", \"size\": 1, \"role\": \"admin\"} | role | unknown_field",
                "{\"name\": \"a\", \"size\": \"1\"} | size | wrong_type",
                "{\"name\": \"a\", \"size\": 1.5} | size | wrong_type",
                "{\"name\": \"a\", \"size\": 99999999999} | size | wrong_type",
                "{\"name\": 5, \"size\": 1} | name | wrong_type",
                "{\"name\": \"a\", \"size\": null} | size | required",
                "{\"name\": \"a\"} | size | required",
                "{\"name\": \"a\", \"size\": 1, \"color\": \"GREEN\"} | color | unknown_value",
                "{\"name\": \" \", \"size\": 1} | name | not_blank",
            })
    void a_wrong_field_is_named(String body, String field, String code) {
        is(post(body), 400, "invalid_request")
                .body("errors[0].field", equalTo(field))
                .body("errors[0].code", equalTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "[]", "5", "{}x", "''", "{\"name\": \"a\", \"name\": \"b\"}"})
    void a_body_that_is_no_json_object_is_refused(String body) {
        is(post(body), 400, "invalid_request").body(not(containsString("dev.tributary")));
    }

    @Test
    void the_framework_s_own_errors_are_problems() {
        is(given().get("/nothing").then(), 404, "not_found");
        is(given().get("/api/nothing").then(), 404, "not_found");
        is(given().delete("/api/probe").then(), 405, "method_not_allowed");
        is(given().accept("image/png").get("/api/probe").then(), 406, "not_acceptable");
        is(given().contentType("text/plain").body("x").post("/api/probe").then(), 415, "unsupported_media_type");
        is(given().get("/api/probe?n=x").then(), 400, "invalid_request");
    }

    @Test
    void a_guarded_path_asks_for_a_token() {
        is(given().get("/api/probe/guarded").then(), 401, "unauthenticated")
                .header("WWW-Authenticate", containsString("Bearer"));
    }

    @ParameterizedTest
    @CsvSource({
        "bug, 500, internal",
        "sql, 500, internal",
        "away, 503, unavailable",
        "late, 503, unavailable",
        "full, 503, unavailable",
        "taken, 409, conflict",
    })
    void what_is_thrown_is_told_without_internals(String what, int status, String code) {
        is(given().get("/api/probe/throws/" + what).then(), status, code).body(not(containsString("secret")));
    }

    @Test
    void a_dependency_that_is_away_says_when_to_come_back() {
        given().get("/api/probe/throws/away").then().header("Retry-After", "1");
    }

    @Test
    void a_plain_route_that_fails_is_a_problem_too() {
        is(given().get("/probe-route").then(), 500, "internal").body(not(containsString("secret")));
    }

    @Test
    void a_body_over_one_megabyte_is_refused() {
        is(post("{\"name\": \"" + "a".repeat(1_100_000) + "\"}"), 413, "too_large");
    }

    @Test
    void an_address_over_8_kilobytes_is_refused() {
        is(given().get("/api/probe?x=" + "a".repeat(9_000)).then(), 414, "uri_too_long");
    }
}
