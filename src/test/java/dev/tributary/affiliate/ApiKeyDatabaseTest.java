package dev.tributary.affiliate;

import static dev.tributary.affiliate.Staff.affiliate;
import static dev.tributary.affiliate.Staff.as;
import static dev.tributary.affiliate.Staff.status;
import static dev.tributary.affiliate.Staff.unique;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that affiliates make for their own programs. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ApiKeyDatabaseTest {
    private static final String KEYS = "/api/affiliate/api-keys";

    @Inject
    Transactions transactions;

    @Inject
    Affiliates affiliates;

    private final String ann = unique();
    private final String bob = unique();
    private String annsId = "";

    @BeforeEach
    void two_affiliates() {
        annsId = bound(ann);
        bound(bob);
    }

    private String bound(String subject) {
        String id = affiliate();
        transactions
                .run(tx -> affiliates.bind(
                        tx, TypeId.AFFILIATE.parse(id).orElseThrow(), new Account("https://issuer.test", subject)))
                .await()
                .atMost(Duration.ofSeconds(10));
        return id;
    }

    private static RequestSpecification of(String subject) {
        return given().auth()
                .oauth2(Tokens.as(subject, "affiliate"))
                .accept("application/json")
                .contentType("application/json");
    }

    private static Response issue(String subject, String name) {
        return of(subject).body(Map.of("name", name)).post(KEYS);
    }

    @Test
    void a_key_is_shown_once_and_listed_without_its_secret() {
        Response made = issue(ann, "Sheet");
        made.then()
                .statusCode(201)
                .body("secret", startsWith("tra_"), "key.status", equalTo("active"), "key.scopes", hasSize(0));
        String listed = of(ann).get(KEYS)
                .then()
                .statusCode(200)
                .body("data.name", contains("Sheet"), "data.id", contains((String) made.path("id")))
                .extract()
                .asString();
        assertThat(listed).doesNotContain((String) made.path("secret"));
    }

    @Test
    void a_repeated_request_makes_one_key_and_shows_no_secret_again() {
        String key = unique();
        Map<String, String> body = Map.of("name", "Once");
        of(ann).header("Idempotency-Key", key)
                .body(body)
                .post(KEYS)
                .then()
                .statusCode(201)
                .body("secret", notNullValue());
        of(ann).header("Idempotency-Key", key)
                .body(body)
                .post(KEYS)
                .then()
                .statusCode(201)
                .body("secret", nullValue());
        of(ann).get(KEYS).then().body("data", hasSize(1));
    }

    @Test
    void anothers_key_is_not_found() {
        String id = issue(ann, "Mine").path("id");
        of(bob).delete(KEYS + "/" + id).then().statusCode(404);
        of(bob).body("{}").post(KEYS + "/" + id + "/rotate").then().statusCode(404);
        of(bob).get(KEYS).then().body("data", hasSize(0));
        of(ann).delete(KEYS + "/key_nonsense").then().statusCode(404);
    }

    @Test
    void a_rotation_leaves_time_and_a_revocation_none() {
        String old = issue(ann, "Mine").path("id");
        Response next = of(ann).body(Map.of("overlapHours", 1)).post(KEYS + "/" + old + "/rotate");
        next.then().statusCode(200).body("secret", startsWith("tra_"), "key.name", equalTo("Mine"));
        of(ann).get(KEYS).then().body("data.find { it.id == '" + old + "' }.status", equalTo("expiring"));

        of(ann).delete(KEYS + "/" + old).then().statusCode(204);
        of(ann).delete(KEYS + "/" + next.path("id")).then().statusCode(204);
        of(ann).get(KEYS).then().body("data.status", everyItem(equalTo("revoked")));
        of(ann).body("{}").post(KEYS + "/" + old + "/rotate").then().statusCode(409);
    }

    @Test
    void a_suspension_switches_them_off_and_its_end_on() {
        issue(ann, "Mine");
        status(annsId, "suspended").statusCode(200);
        of(ann).get(KEYS).then().body("data.status", contains("disabled"));
        issue(ann, "Another").then().statusCode(403);

        status(annsId, "active").statusCode(200);
        of(ann).get(KEYS).then().body("data.status", contains("active"));
        issue(ann, "Another").then().statusCode(201);
    }

    @Test
    void what_a_key_opens_closes_with_a_ban_by_itself_and_opens_again_after() {
        String secret = issue(ann, "Mine").path("secret");
        awaitAnswer(secret, 403);

        status(annsId, "banned").statusCode(200);
        awaitAnswer(secret, 401);

        status(annsId, "suspended").statusCode(200);
        awaitAnswer(secret, 401);
        status(annsId, "active").statusCode(200);
        awaitAnswer(secret, 403);
    }

    /**
     * Asked anew until it is so, because the cache of keys hears of a change by itself. A key that opens may not manage keys
     * (403); one that opens nothing is no credential (401).
     */
    private static void awaitAnswer(String secret, int status) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        int answered;
        do {
            answered = given().auth().oauth2(secret).get(KEYS).statusCode();
        } while (answered != status && System.nanoTime() < deadline);
        assertThat(answered).isEqualTo(status);
    }

    @Test
    void there_are_twenty_at_most() {
        for (int i = 0; i < 20; i++) issue(ann, "Key " + i).then().statusCode(201);
        issue(ann, "One more").then().statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"name\": \"\"}", "{\"name\": \"a\\nb\"}", "{\"name\": \"A\", \"scopes\": [\"read\"]}"})
    void a_key_has_a_name_and_nothing_else(String body) {
        of(ann).body(body).post(KEYS).then().statusCode(400).contentType("application/problem+json");
        String id = issue(ann, "Mine").path("id");
        of(ann).body("{\"overlapHours\": 721}")
                .post(KEYS + "/" + id + "/rotate")
                .then()
                .statusCode(400);
    }

    @Test
    void an_account_of_nobody_and_staff_have_none() {
        of(unique()).get(KEYS).then().statusCode(403);
        as("admin").get(KEYS).then().statusCode(403);
        given().get(KEYS).then().statusCode(401);
    }
}
