package dev.tributary.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
@QuarkusTestResource(Stores.class)
class JobAdminDatabaseTest {
    private static final String RUNS = "/api/admin/jobs/rehearsal/runs";

    @Inject
    Rehearsal job;

    @Inject
    Pool pool;

    private Records records;

    @BeforeEach
    void fresh() {
        records = new Records(pool);
        records.query(Rehearsal.TABLE);
        records.query("TRUNCATE test_written");
        Records.await(() -> !records.lockHeld());
        records.query("DELETE FROM job_run WHERE job = $1", Rehearsal.NAME);
        job.work = Rehearsal::count;
    }

    @Test
    void a_run_is_accepted_and_can_be_followed_to_its_end() {
        Response accepted = start("{\"dryRun\": false}", null);

        accepted.then()
                .statusCode(202)
                .body("status", equalTo("running"))
                .body("origin", equalTo("api"))
                .body("id", matchesPattern("run_[0-9a-z]{26}"));
        String location = accepted.header("Location");
        assertThat(location).endsWith(RUNS + "/" + accepted.path("id"));
        Records.await(() ->
                !"running".equals(staff("admin").get(location).then().extract().path("status")));
        staff("admin")
                .get(location)
                .then()
                .statusCode(200)
                .body("status", equalTo("succeeded"))
                .body("done", equalTo(9))
                .body("report", equalTo(List.of("wrote up to 9")));
        staff("support")
                .get("/api/admin/jobs")
                .then()
                .statusCode(200)
                .body("nextCursor", nullValue())
                .body("data.name", hasItem("rehearsal"))
                .body("data.find { it.name == 'rehearsal' }.lastRun.status", equalTo("succeeded"))
                .body("data.find { it.name == 'rehearsal' }.schedule", equalTo("off"));
        assertThat(records.query("SELECT action FROM audit_entry WHERE action = 'job.run'"))
                .isNotEmpty();
    }

    @Test
    void a_second_start_is_refused_while_the_first_goes_on_and_the_same_key_starts_nothing() {
        CountDownLatch goOn = new CountDownLatch(1);
        job.work = run -> goOn.await();
        String key = UUID.randomUUID().toString();

        String first = start("{}", key).then().statusCode(202).extract().path("id");
        start("{}", null).then().statusCode(409).body("code", equalTo("conflict"));
        start("{}", key).then().statusCode(202).body("id", equalTo(first));
        goOn.countDown();

        Records.await(() -> !records.lockHeld());
        assertThat(records.statuses(Rehearsal.NAME)).containsExactly("succeeded");
        start("{}", key).then().statusCode(202).body("id", equalTo(first));
        assertThat(records.statuses(Rehearsal.NAME)).hasSize(1);
    }

    @Test
    void runs_are_read_page_by_page_newest_first() {
        for (int i = 0; i < 3; i++) {
            start("{\"dryRun\": true}", null).then().statusCode(202);
            Records.await(() -> !records.lockHeld());
        }

        Response first = staff("admin").get(RUNS + "?limit=2");
        first.then().statusCode(200).body("data.size()", equalTo(2)).body("data[0].dryRun", equalTo(true));
        staff("admin")
                .get(RUNS + "?limit=2&cursor=" + first.path("nextCursor"))
                .then()
                .statusCode(200)
                .body("data.size()", equalTo(1))
                .body("nextCursor", nullValue());
        staff("admin").get(RUNS + "?limit=0").then().statusCode(400);
        staff("admin").get(RUNS + "?status=failed").then().statusCode(400);
    }

    @Test
    void what_is_not_there_or_not_allowed_is_a_problem() {
        staff("admin").get("/api/admin/jobs/nosuch/runs").then().statusCode(404);
        staff("admin").get(RUNS + "/run_nonsense").then().statusCode(404);
        staff("admin").body("{}").post("/api/admin/jobs/nosuch/runs").then().statusCode(404);
        start("{\"dryRun\": \"yes\"}", null).then().statusCode(400);
        start("{\"force\": true}", null).then().statusCode(400);
        staff("support").body("{}").post(RUNS).then().statusCode(403);
        staff("affiliate").get("/api/admin/jobs").then().statusCode(403);
        given().get("/api/admin/jobs").then().statusCode(401);
        assertThat(records.statuses(Rehearsal.NAME)).isEmpty();
    }

    private static Response start(String body, String key) {
        RequestSpecification request = staff("admin").body(body);
        return (key == null ? request : request.header("Idempotency-Key", key)).post(RUNS);
    }

    private static RequestSpecification staff(String role) {
        return given().auth().oauth2(Tokens.of(role)).contentType(ContentType.JSON);
    }
}
