package dev.tributary.affiliate;

import static dev.tributary.affiliate.Staff.affiliate;
import static dev.tributary.affiliate.Staff.as;
import static dev.tributary.affiliate.Staff.post;
import static dev.tributary.affiliate.Staff.unique;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.value.SetArgs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the public reports, and what staff make of it. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class AbuseReportDatabaseTest {
    private static final String REPORTS = "/api/abuse-reports";
    private static final String QUEUE = "/api/admin/abuse-reports";

    @Inject
    Transactions transactions;

    @Inject
    RedisDataSource redis;

    @Inject
    ReporterRetention reporters;

    @Inject
    ReportRetention reports;

    @BeforeEach
    void a_new_hour() {
        query("DELETE FROM abuse_report");
        List<String> counts = redis.key().keys("limit:abuse-reports*");
        if (!counts.isEmpty()) redis.key().del(counts.toArray(String[]::new));
    }

    private static Response report(Object body) {
        return given().contentType("application/json").body(body).post(REPORTS);
    }

    private static Map<String, Object> about(String code) {
        return new HashMap<>(Map.of("code", code, "kind", "spam", "message", "Sends me mail"));
    }

    private static String codeOf(String affiliate) {
        String program = post(
                        "/api/admin/programs",
                        Map.of("name", "P " + unique(), "landingUrl", "https://shop.example.com/", "currency", "EUR"))
                .statusCode(201)
                .extract()
                .path("id");
        String code = "R" + unique().substring(0, 8);
        post("/api/admin/programs/" + program + "/enrollments", Map.of("affiliateId", affiliate, "referralCode", code))
                .statusCode(201);
        as("admin")
                .body(Map.of("programId", program, "affiliateId", affiliate, "code", code + "-X"))
                .post("/api/admin/links")
                .then()
                .statusCode(201);
        return code + "-X";
    }

    @Test
    void a_report_is_known_by_its_link_and_answered_like_one_of_nobodys() {
        String id = affiliate();
        String code = codeOf(id);
        Map<String, Object> known = about("https://go.example.com/r/" + code.toLowerCase() + "?src=mail");
        known.put("contactEmail", "me@example.com");

        Response of = report(known);
        Response nobodys = report(about("NOSUCHCODE-" + unique().substring(0, 8)));

        assertThat(of.statusCode()).isEqualTo(202);
        assertThat(nobodys.statusCode()).isEqualTo(202);
        assertThat(of.asString()).isEqualTo(nobodys.asString());
        as("support")
                .get(QUEUE + "?affiliateId=" + id)
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].id", startsWith("abr_"), "data[0].status", equalTo("open"))
                .body("data[0].contactEmail", equalTo("me@example.com"), "data[0].source", notNullValue());
        as("support").get(QUEUE + "?status=open&kind=spam").then().body("data", hasSize(2));
    }

    @Test
    void what_a_robot_fills_in_is_answered_and_stored_nowhere() {
        Map<String, Object> body = about("ECO10");
        body.put("website", "https://spam.example");
        assertThat(report(body).statusCode()).isEqualTo(202);
        as("support").get(QUEUE).then().body("data", empty());
    }

    @Test
    void a_network_reports_five_times_an_hour() {
        for (int i = 0; i < 5; i++) {
            Response taken = report(about("ECO10"));
            assertThat(taken.statusCode()).isEqualTo(202);
            assertThat(taken.header("RateLimit")).startsWith("\"abuse-reports\";r=" + (4 - i) + ";");
        }
        report(about("ECO10"))
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", equalTo("rate_limited"))
                .header("Retry-After", notNullValue());
        as("support").get(QUEUE).then().body("data", hasSize(5));
    }

    @Test
    void all_networks_together_do_not_fill_the_queue() {
        redis.value(String.class).set("limit:abuse-reports-all:3600:all", "1000", new SetArgs().ex(60));
        report(about("ECO10")).then().statusCode(429).body("code", equalTo("rate_limited"));
        as("support").get(QUEUE).then().body("data", empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"code\": \"A\", \"kind\": \"spam\"}",
                "{\"code\": \" \", \"kind\": \"spam\", \"message\": \"M\"}",
                "{\"code\": \"A\", \"kind\": \"odd\", \"message\": \"M\"}",
                "{\"code\": \"A\\nB\", \"kind\": \"spam\", \"message\": \"M\"}",
                "{\"code\": \"A\", \"kind\": \"spam\", \"message\": \"a\\u0000b\"}",
                "{\"code\": \"A\", \"kind\": \"spam\", \"message\": \"M\", \"contactEmail\": \"nobody\"}",
                "{\"code\": \"A\", \"kind\": \"spam\", \"message\": \"M\", \"status\": \"confirmed\"}",
                "nonsense"
            })
    void a_report_that_cannot_be_read_is_refused(String body) {
        assertThat(report(body).statusCode()).isEqualTo(400);
        assertThat(report(about("x".repeat(2_049))).statusCode()).isEqualTo(400);
    }

    @Test
    void staff_decide_with_a_trace_that_names_no_reporter() {
        Map<String, Object> body = about("ECO10");
        body.put("contactEmail", "me@example.com");
        report(body);
        String id = as("support").get(QUEUE).then().extract().path("data[0].id");

        as("admin")
                .body(Map.of("status", "confirmed", "note", "Same as before"))
                .patch(QUEUE + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("confirmed"), "handledBy", equalTo("tester"), "handledAt", notNullValue());
        as("support").get(QUEUE + "?status=open").then().body("data", empty());
        as("support").get(QUEUE + "/" + id).then().statusCode(200).body("note", equalTo("Same as before"));
        String trace = as("support")
                .get("/api/admin/audit?objectId=" + id)
                .then()
                .body("data.action", contains("abuse_report.update"))
                .extract()
                .asString();
        assertThat(trace).doesNotContain("me@example.com").doesNotContain("Sends me mail");
        as("admin")
                .body(Map.of("status", "open"))
                .patch(QUEUE + "/" + id)
                .then()
                .statusCode(200)
                .body("handledBy", nullValue(), "handledAt", nullValue());
    }

    @Test
    void the_queue_is_for_staff_alone() {
        given().get(QUEUE).then().statusCode(401);
        as("affiliate").get(QUEUE).then().statusCode(403);
        as("support")
                .body(Map.of("status", "dismissed"))
                .patch(QUEUE + "/abr_x")
                .then()
                .statusCode(403);
        as("admin").get(QUEUE + "/abr_01h455vb4pex5vsknk084sn02q").then().statusCode(404);
        given().get(REPORTS).then().statusCode(405);
    }

    @Test
    void reporters_are_forgotten_before_their_reports() {
        Map<String, Object> body = about("ECO10");
        body.put("contactEmail", "me@example.com");
        report(body);
        query("UPDATE abuse_report SET created_at = now() - interval '91 days', status = 'dismissed',"
                + " handled_at = now() - interval '1 day'");
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);

        assertThat(transactions
                        .read(c -> reporters.count(c, now.minus(reporters.kept())))
                        .await()
                        .atMost(Duration.ofSeconds(10)))
                .isEqualTo(1);
        assertThat(transactions
                        .run(tx -> reporters.forget(tx, now.minus(reporters.kept()), 10))
                        .await()
                        .atMost(Duration.ofSeconds(10)))
                .isEqualTo(1);
        as("support")
                .get(QUEUE)
                .then()
                .body("data", hasSize(1), "data[0].contactEmail", nullValue(), "data[0].source", nullValue());
        assertThat(transactions
                        .run(tx -> reports.forget(tx, now.plusDays(1), 10))
                        .await()
                        .atMost(Duration.ofSeconds(10)))
                .isEqualTo(1);
    }

    private void query(String sql) {
        transactions
                .run(tx -> tx.preparedQuery(sql).execute(Tuple.tuple()))
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
