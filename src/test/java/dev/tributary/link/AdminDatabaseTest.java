package dev.tributary.link;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class AdminDatabaseTest {
    private static final String PROGRAMS = "/api/admin/programs";
    private static final String AFFILIATES = "/api/admin/affiliates";
    private static final String LINKS = "/api/admin/links";

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json").contentType("application/json");
    }

    private static ValidatableResponse post(String path, Map<String, ?> body) {
        return as("admin").body(body).post(path).then();
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static String program() {
        return post(
                        PROGRAMS,
                        Map.of("name", "P " + unique(), "landingUrl", "https://Shop.example.com/", "currency", "USD"))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String affiliate() {
        return post(AFFILIATES, Map.of("name", "A", "email", unique() + "@example.com"))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String code(String program, String affiliate) {
        String code = post(
                        PROGRAMS + "/" + program + "/enrollments",
                        Map.of("affiliateId", affiliate, "referralCode", "C" + unique()))
                .statusCode(201)
                .body("status", equalTo("active"))
                .extract()
                .path("referralCode");
        awaitLinks("?code=" + code);
        return code;
    }

    /** The default link is made by an event: soon after the enrollment, not with it. */
    private static void awaitLinks(String query) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (as("admin").get(LINKS + query).jsonPath().getList("data").isEmpty()) {
            assertThat(System.nanoTime()).as("no link for " + query).isLessThan(deadline);
            Thread.yield();
        }
    }

    @Test
    void an_approved_enrollment_has_a_link_that_redirects() {
        String code = code(program(), affiliate());
        as("admin")
                .get(LINKS + "?code=" + code.toLowerCase())
                .then()
                .statusCode(200)
                .body("data", hasSize(1));
        given().redirects()
                .follow(false)
                .get("/r/" + code)
                .then()
                .statusCode(302)
                .header("Location", startsWith("https://shop.example.com/?"));
    }

    @Test
    void a_pending_enrollment_gets_its_link_once_when_it_is_approved() {
        String program = program();
        String path = PROGRAMS + "/" + program + "/enrollments";
        String id = post(path, Map.of("affiliateId", affiliate(), "status", "pending"))
                .statusCode(201)
                .body("approvedAt", nullValue())
                .extract()
                .path("id");
        String links = LINKS + "?programId=" + program;
        as("admin").get(links).then().body("data", hasSize(0));
        for (String status : new String[] {"active", "paused", "active"})
            as("admin")
                    .body(Map.of("status", status))
                    .patch(path + "/" + id)
                    .then()
                    .statusCode(200)
                    .body("status", equalTo(status));
        awaitLinks("?programId=" + program);
        as("admin").get(links).then().body("data", hasSize(1));
        as("support").get(path + "?status=active").then().statusCode(200).body("data", hasSize(1));
    }

    @Test
    void a_link_is_made_changed_and_read() {
        String program = program();
        String affiliate = affiliate();
        code(program, affiliate);
        ValidatableResponse made = post(
                        LINKS,
                        Map.of(
                                "programId",
                                program,
                                "affiliateId",
                                affiliate,
                                "destination",
                                "https://shop.example.com/sale",
                                "expiresAt",
                                "2030-01-01T00:00:00Z"))
                .statusCode(201)
                .body("status", equalTo("active"));
        String at = made.extract().header("Location");
        assertThat(at).contains(LINKS + "/lnk_");
        as("admin")
                .body("{\"src\": \"news\", \"status\": \"paused\", \"expiresAt\": null}")
                .patch(at)
                .then()
                .statusCode(200)
                .body(
                        "src",
                        equalTo("news"),
                        "status",
                        equalTo("paused"),
                        "expiresAt",
                        nullValue(),
                        "destination",
                        equalTo("https://shop.example.com/sale"));
        as("support").get(at).then().statusCode(200).body("src", equalTo("news"));
        as("admin")
                .body(Map.of("expiresAt", "+1000000000-01-01T00:00:00Z"))
                .patch(at)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("expiresAt"));
        as("admin")
                .body(Map.of("code", "OTHER"))
                .patch(at)
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("read_only"));
    }

    @ParameterizedTest
    @CsvSource({
        "destination, https://shop.example.com.evil.io/, host_not_allowed",
        "destination, javascript:alert(1), not_http",
        "destination, https://a@shop.example.com/, user_info",
        "code, a b, malformed",
        "code, x, malformed",
        "affiliateId, aff_01h455vb4pex5vsknk084sn02q, not_enrolled",
        "programId, nonsense, malformed",
    })
    void a_bad_link_is_refused_with_its_field(String field, String value, String code) {
        String program = program();
        String affiliate = affiliate();
        code(program, affiliate);
        Map<String, String> body = new java.util.HashMap<>(Map.of("programId", program, "affiliateId", affiliate));
        body.put(field, value);
        post(LINKS, body).statusCode(400).body("errors[0].field", equalTo(field), "errors[0].code", equalTo(code));
    }

    @Test
    void a_code_is_taken_whatever_its_case() {
        String program = program();
        String code = code(program, affiliate());
        post(
                        PROGRAMS + "/" + program + "/enrollments",
                        Map.of("affiliateId", affiliate(), "referralCode", code.toLowerCase()))
                .statusCode(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "landingUrl | \"ftp://x.io\" | not_http",
                "landingUrl | \"https://tracker.test/r/X\" | points_at_tracker",
                "currency | \"XXQ\" | unknown_currency",
                "timeZone | \"Mars/Base\" | unknown_time_zone",
                "windowDays | 0 | out_of_range",
                "windowDays | \"30\" | wrong_type",
                "role | \"admin\" | unknown_field",
                "name | \"\" | required",
            })
    void a_bad_program_is_refused_with_its_field(String field, String json, String code) {
        String good =
                "{\"name\": \"P\", \"slug\": \"%s\", \"landingUrl\": \"https://x.example/\", \"currency\": \"EUR\"}"
                        .formatted(unique());
        String id = as("admin")
                .body(good)
                .post(PROGRAMS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as("admin")
                .body("{\"%s\": %s}".formatted(field, json))
                .patch(PROGRAMS + "/" + id)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field), "errors[0].code", equalTo(code));
    }

    @Test
    void a_wrong_host_is_named_by_its_place() {
        as("admin")
                .body(
                        "{\"name\": \"P\", \"landingUrl\": \"https://x.example/\", \"currency\": \"EUR\", \"allowedHosts\": [\"a.io\", \"*.com\"]}")
                .post(PROGRAMS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("allowedHosts[1]"));
    }

    @Test
    void twins_by_case_of_an_e_mail_address_are_refused() {
        String email = unique() + "@example.com";
        post(AFFILIATES, Map.of("name", "A", "email", email)).statusCode(201);
        post(AFFILIATES, Map.of("name", "B", "email", email.toUpperCase())).statusCode(409);
        post(AFFILIATES, Map.of("name", "B", "email", "nobody"))
                .statusCode(400)
                .body("errors[0].field", equalTo("email"));
    }

    @Test
    void a_list_is_walked_page_by_page_and_its_cursor_serves_no_other() {
        for (int i = 0; i < 3; i++) affiliate();
        ValidatableResponse first = as("support")
                .get(AFFILIATES + "?limit=2")
                .then()
                .statusCode(200)
                .body("data", hasSize(2))
                .header("Link", containsString("rel=\"next\""));
        String cursor = first.extract().path("nextCursor");
        as("support").get(AFFILIATES + "?limit=2&cursor=" + cursor).then().statusCode(200);
        as("support")
                .get(AFFILIATES + "?limit=2&status=active&cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("bad_cursor"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=x",
                "limit=-1",
                "sort=name",
                "status=odd",
                "cursor=abc",
                "limit=1&limit=2"
            })
    void a_bad_list_parameter_is_refused(String query) {
        as("support").get(AFFILIATES + "?" + query).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void a_list_comes_as_csv_with_formulas_made_harmless() {
        post(AFFILIATES, Map.of("name", "=HYPERLINK(1)", "email", unique() + "@example.com"))
                .statusCode(201);
        String csv = as("support")
                .accept("text/csv")
                .get(AFFILIATES)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv)
                .startsWith("id,name,email,status,country,createdAt,displayName,")
                .contains("'=HYPERLINK(1)");
    }

    @Test
    void roles_are_kept_apart() {
        as("affiliate").get(LINKS).then().statusCode(403).contentType("application/problem+json");
        as("support")
                .body(Map.of("name", "A", "email", "x@example.com"))
                .post(AFFILIATES)
                .then()
                .statusCode(403);
        given().get(LINKS).then().statusCode(401).header("WWW-Authenticate", containsString("Bearer"));
        as("admin").get(LINKS + "/lnk_01h455vb4pex5vsknk084sn02q").then().statusCode(404);
        as("admin").get(LINKS + "/nonsense").then().statusCode(404);
    }
}
