package dev.tributary.link;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What staff change: once for a key, with an entry that tells who did it. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ChangesDatabaseTest {
    private static final String PROGRAMS = "/api/admin/programs";
    private static final String AFFILIATES = "/api/admin/affiliates";
    private static final String LINKS = "/api/admin/links";
    private static final String AUDIT = "/api/admin/audit";

    @Inject
    Transactions transactions;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json").contentType("application/json");
    }

    private static RequestSpecification keyed(String key, Object body) {
        return as("admin").header("Idempotency-Key", key).body(body);
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }

    private static Map<String, Object> aProgram() {
        return Map.of("name", "P " + unique(), "landingUrl", "https://shop.example.com/", "currency", "USD");
    }

    private static Map<String, Object> anAffiliate() {
        return Map.of("name", "Ann Other", "email", unique() + "@example.com");
    }

    private static String made(String path, Map<String, ?> body) {
        return as("admin")
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Asks twice with one key and expects one answer. */
    private static String twice(String path, Map<String, ?> body) {
        String key = unique();
        Response first = keyed(key, body).post(path);
        assertThat(first.statusCode()).as(first.asString()).isEqualTo(201);
        Response again = keyed(key, body).post(path);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.contentType()).isEqualTo(first.contentType());
        assertThat(again.asString()).isEqualTo(first.asString());
        as("support").get(first.header("Location")).then().statusCode(200);
        return first.path("id");
    }

    private long count(String sql, Object value) {
        return transactions
                .read(c -> c.preparedQuery(sql).execute(Tuple.of(value)))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private static ValidatableResponse entries(String objectId) {
        return as("support").get(AUDIT + "?objectId=" + objectId).then().statusCode(200);
    }

    private static UUID uuid(TypeId kind, String id) {
        return kind.parse(id).orElseThrow();
    }

    @Test
    void a_request_sent_twice_with_one_key_has_one_effect() {
        Map<String, Object> program = aProgram();
        String programId = twice(PROGRAMS, program);
        assertThat(count("SELECT count(*) FROM program WHERE name = $1", program.get("name")))
                .isEqualTo(1);
        Map<String, Object> affiliate = anAffiliate();
        String affiliateId = twice(AFFILIATES, affiliate);
        String enrollment = twice(PROGRAMS + "/" + programId + "/enrollments", Map.of("affiliateId", affiliateId));
        String link = twice(LINKS, Map.of("programId", programId, "affiliateId", affiliateId, "src", "twice"));
        for (String id : List.of(programId, affiliateId, enrollment, link))
            entries(id).body("data", hasSize(1), "data[0].before", nullValue(), "data[0].after.id", equalTo(id));
        UUID aggregate = uuid(TypeId.ENROLLMENT, enrollment);
        assertThat(count("SELECT count(*) FROM enrollment WHERE id = $1", aggregate))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM outbox_event WHERE aggregate_id = $1", aggregate))
                .isEqualTo(1);
        assertThat(count(
                        "SELECT count(*) FROM link WHERE src = 'twice' AND program_id = $1",
                        uuid(TypeId.PROGRAM, programId)))
                .isEqualTo(1);
    }

    @Test
    void a_change_sent_twice_with_one_key_is_made_once() {
        String path = PROGRAMS + "/" + made(PROGRAMS, aProgram());
        String key = unique();
        Response first = keyed(key, Map.of("windowDays", 7)).patch(path);
        as("admin").body(Map.of("windowDays", 60)).patch(path).then().statusCode(200);
        Response again = keyed(key, Map.of("windowDays", 7)).patch(path);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(first.asString());
        as("support").get(path).then().body("windowDays", equalTo(60));
        keyed(key, Map.of("windowDays", 7))
                .patch(PROGRAMS + "/" + made(PROGRAMS, aProgram()))
                .then()
                .statusCode(422);
    }

    @Test
    void a_key_with_another_body_is_refused() {
        String key = unique();
        keyed(key, aProgram()).post(PROGRAMS).then().statusCode(201);
        keyed(key, aProgram())
                .post(PROGRAMS)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("idempotency_key_reused"));
    }

    @Test
    void a_field_left_out_is_another_request_than_a_field_set_to_null() {
        String program = made(PROGRAMS, aProgram());
        String affiliate = made(AFFILIATES, anAffiliate());
        made(PROGRAMS + "/" + program + "/enrollments", Map.of("affiliateId", affiliate));
        String path = LINKS + "/" + made(LINKS, Map.of("programId", program, "affiliateId", affiliate));
        String key = unique();
        as("admin")
                .body(Map.of("expiresAt", "2030-01-01T00:00:00Z"))
                .patch(path)
                .then()
                .statusCode(200);
        keyed(key, "{\"src\": \"a\"}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("expiresAt", equalTo("2030-01-01T00:00:00Z"));
        keyed(key, "{\"src\": \"a\", \"expiresAt\": null}").patch(path).then().statusCode(422);
    }

    @Test
    void fifty_requests_with_one_key_at_once_make_one_row() throws Exception {
        String key = unique();
        Map<String, Object> body = aProgram();
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Future<Integer>> calls = IntStream.range(0, 50)
                    .mapToObj(i ->
                            threads.submit(() -> keyed(key, body).post(PROGRAMS).statusCode()))
                    .toList();
            int answered = 0;
            for (Future<Integer> call : calls) {
                assertThat(call.get()).as("made, in progress, or too busy").isIn(201, 409, 503);
                if (call.get() == 201) answered++;
            }
            assertThat(answered).isPositive();
        } finally {
            threads.shutdownNow();
        }
        assertThat(count("SELECT count(*) FROM program WHERE name = $1", body.get("name")))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00fc", "a\tb"})
    void a_malformed_key_is_refused(String key) {
        keyed(key, aProgram())
                .post(PROGRAMS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo("Idempotency-Key"));
    }

    @Test
    void a_key_of_more_than_255_characters_is_refused() {
        keyed("k".repeat(255), aProgram()).post(PROGRAMS).then().statusCode(201);
        keyed("k".repeat(256), aProgram()).post(PROGRAMS).then().statusCode(400);
    }

    @Test
    void the_key_of_a_request_that_failed_can_be_used_again() {
        String key = unique();
        Map<String, Object> affiliate = new HashMap<>(anAffiliate());
        made(AFFILIATES, affiliate);
        keyed(key, affiliate).post(AFFILIATES).then().statusCode(409);
        affiliate.put("email", unique() + "@example.com");
        keyed(key, affiliate).post(AFFILIATES).then().statusCode(201);
    }

    @Test
    void a_change_that_fails_leaves_no_entry() {
        String program = made(PROGRAMS, aProgram());
        String affiliate = made(AFFILIATES, anAffiliate());
        Map<String, Object> body = Map.of("affiliateId", affiliate, "referralCode", "X" + unique());
        made(PROGRAMS + "/" + program + "/enrollments", body);
        long before = count("SELECT count(*) FROM audit_entry WHERE action = $1", "enrollment.create");
        as("admin")
                .body(body)
                .post(PROGRAMS + "/" + program + "/enrollments")
                .then()
                .statusCode(409);
        assertThat(count("SELECT count(*) FROM audit_entry WHERE action = $1", "enrollment.create"))
                .isEqualTo(before);
    }

    @Test
    void an_entry_tells_who_changed_what_and_nothing_personal() {
        Map<String, Object> affiliate = anAffiliate();
        String id = made(AFFILIATES, affiliate);
        as("admin")
                .header("X-Request-Id", "req-42")
                .body(Map.of("partnerType", "coupon", "email", "new-" + affiliate.get("email")))
                .patch(AFFILIATES + "/" + id)
                .then()
                .statusCode(200);
        String text = entries(id)
                .body("data", hasSize(2))
                .body("data[0].id", startsWith("aud_"))
                .body("data[0].actorKind", equalTo("user"))
                .body("data[0].actorId", equalTo("tester"))
                .body("data[0].requestId", equalTo("req-42"))
                .body("data[0].action", equalTo("affiliate.update"))
                .body("data[0].objectId", equalTo(id))
                .body("data[0].before.partnerType", equalTo("other"))
                .body("data[0].after.partnerType", equalTo("coupon"))
                .body("data[0].before.email", equalTo("[redacted]"))
                .body("data[0].after.email", equalTo("[redacted, changed]"))
                .body("data[0].after.name", equalTo("[redacted]"))
                .body("data[1].action", equalTo("affiliate.create"))
                .body("data[1].requestId", not(equalTo("req-42")))
                .extract()
                .asString();
        assertThat(text).doesNotContain("@example.com").doesNotContain("Ann Other");
    }

    @Test
    void the_record_is_narrowed_walked_and_exported() {
        String id = made(PROGRAMS, aProgram());
        for (int days = 1; days <= 3; days++)
            as("admin")
                    .body(Map.of("windowDays", days))
                    .patch(PROGRAMS + "/" + id)
                    .then()
                    .statusCode(200);
        entries(id + "&action=program.update")
                .body("data", hasSize(3))
                .body("data.action", everyItem(is("program.update")));
        entries(id + "&actor=nobody").body("data", empty());
        entries(id + "&actor=tester&from=2020-01-01T00:00:00Z").body("data", hasSize(4));
        entries(id + "&to=2020-01-01T00:00:00Z").body("data", empty());
        String cursor =
                entries(id + "&limit=3").body("data", hasSize(3)).extract().path("nextCursor");
        entries(id + "&limit=3&cursor=" + cursor)
                .body("data", hasSize(1), "data[0].action", equalTo("program.create"), "nextCursor", nullValue());
        String csv =
                as("admin").accept("text/csv").get(AUDIT + "?objectId=" + id).asString();
        assertThat(csv.lines()).hasSize(5).first().asString().startsWith("id,at,actorKind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "objectId=nonsense",
                "from=yesterday",
                "from=1970-01-01T00:00:00Z",
                "to=%2B99999-01-01T00:00:00Z",
                "sort=at",
                "limit=101"
            })
    void a_bad_filter_is_refused(String query) {
        as("support").get(AUDIT + "?" + query).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void only_staff_read_the_record() {
        as("affiliate").get(AUDIT).then().statusCode(403);
        given().get(AUDIT).then().statusCode(401);
        as("admin").delete(AUDIT).then().statusCode(405);
    }
}
