package dev.tributary.affiliate;

import static dev.tributary.affiliate.Staff.AFFILIATES;
import static dev.tributary.affiliate.Staff.affiliate;
import static dev.tributary.affiliate.Staff.as;
import static dev.tributary.affiliate.Staff.post;
import static dev.tributary.affiliate.Staff.status;
import static dev.tributary.affiliate.Staff.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may promote, changed by staff: with a reason, a trace, and an event for the rooms downstream. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class StatusDatabaseTest {
    @Inject
    Pool pool;

    @Test
    void a_suspension_and_its_end_leave_a_trace_and_are_told_downstream() {
        String id = affiliate();

        status(id, "suspended")
                .statusCode(200)
                .body("status", equalTo("suspended"), "statusReason", equalTo("Because of suspended"));
        status(id, "active").statusCode(200).body("status", equalTo("active"));

        as("support")
                .get("/api/admin/audit?action=affiliate.status&objectId=" + id)
                .then()
                .statusCode(200)
                .body("data", hasSize(2))
                .body("data[1].before.status", equalTo("active"))
                .body("data[1].after.status", equalTo("suspended"))
                .body("data[1].after.reason", equalTo("Because of suspended"))
                .body("data[1].actorId", equalTo("tester"));
        assertThat(events(id)).containsExactly("suspended", "active");
    }

    @Test
    void the_same_status_again_changes_nothing() {
        String id = affiliate();

        status(id, "active").statusCode(200).body("statusReason", equalTo(""));

        assertThat(events(id)).isEmpty();
    }

    @Test
    void what_is_closed_stays_closed_and_a_ban_is_not_lifted_in_one_step() {
        String banned = affiliate();
        status(banned, "banned").statusCode(200);
        status(banned, "active").statusCode(409).body("code", equalTo("conflict"));
        status(banned, "suspended").statusCode(200);
        status(banned, "active").statusCode(200);
        status(banned, "closed").statusCode(200);
        status(banned, "active").statusCode(409).body("detail", equalTo("A closed affiliate cannot become active"));
    }

    @Test
    void a_request_that_is_sent_twice_with_one_key_changes_once() {
        String id = affiliate();
        String key = unique();
        Map<String, String> body = Map.of("status", "suspended", "reason", "Once");
        String path = AFFILIATES + "/" + id + "/status";

        Response first = as("admin").header("Idempotency-Key", key).body(body).post(path);
        status(id, "active").statusCode(200);
        Response again = as("admin").header("Idempotency-Key", key).body(body).post(path);

        assertThat(again.asString()).isEqualTo(first.asString());
        as("support").get(AFFILIATES + "/" + id).then().body("status", equalTo("active"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\": \"suspended\"}",
                "{\"status\": \"suspended\", \"reason\": \" \"}",
                "{\"status\": \"odd\", \"reason\": \"R\"}",
                "{\"reason\": \"R\"}",
                "{\"status\": \"suspended\", \"reason\": \"a\\u0000b\"}",
                "{\"status\": \"suspended\", \"reason\": \"R\", \"balance\": 1}",
                "[]"
            })
    void a_change_without_a_status_and_a_reason_is_refused(String body) {
        post(AFFILIATES + "/" + affiliate() + "/status", body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void staff_without_the_role_change_nothing() {
        String path = AFFILIATES + "/" + affiliate() + "/status";
        Map<String, String> body = Map.of("status", "suspended", "reason", "R");
        for (String role : List.of("support", "finance", "affiliate"))
            as(role).body(body).post(path).then().statusCode(403);
        post(AFFILIATES + "/aff_01h455vb4pex5vsknk084sn02q/status", body).statusCode(404);
    }

    @Test
    void a_bulk_change_tells_what_became_of_each() {
        String one = affiliate();
        String closed = affiliate();
        String two = affiliate();
        status(closed, "closed").statusCode(200);
        status(two, "suspended").statusCode(200);
        String nobody = "aff_01h455vb4pex5vsknk084sn02q";

        post(
                        AFFILIATES + "/status",
                        Map.of(
                                "ids",
                                List.of(two, closed, nobody, one, one),
                                "status",
                                "suspended",
                                "reason",
                                "All of you"))
                .statusCode(200)
                .body("data.id", contains(two, closed, nobody, one))
                .body("data.outcome", contains("unchanged", "refused", "refused", "changed"))
                .body("data.code", contains(null, "conflict", "not_found", null))
                .body("data[1].detail", containsString("closed"));

        assertThat(events(one)).containsExactly("suspended");
        as("support").get(AFFILIATES + "/" + one).then().body("statusReason", equalTo("All of you"));
    }

    @Test
    void a_bulk_change_has_bounds_and_names_what_is_wrong() {
        String path = AFFILIATES + "/status";
        post(path, Map.of("ids", List.of(), "status", "active", "reason", "R")).statusCode(400);
        post(path, Map.of("ids", Collections.nCopies(101, "aff_x"), "status", "active", "reason", "R"))
                .statusCode(400)
                .body("errors[0].code", equalTo("too_many"));
        post(path, Map.of("ids", List.of("aff_x"), "status", "active", "reason", "R"))
                .statusCode(400)
                .body("errors[0].field", equalTo("ids[0]"));
        as("support")
                .body(Map.of("ids", List.of(affiliate()), "status", "active", "reason", "R"))
                .post(path)
                .then()
                .statusCode(403);
    }

    private List<String> events(String affiliate) {
        Tuple id = Tuple.of(TypeId.AFFILIATE.parse(affiliate).orElseThrow());
        String sql = "SELECT payload->>'status' AS status FROM outbox_event"
                + " WHERE type = 'affiliate.status_changed' AND aggregate_id = $1 ORDER BY id";
        List<String> told = new java.util.ArrayList<>();
        pool.preparedQuery(sql)
                .execute(id)
                .await()
                .atMost(java.time.Duration.ofSeconds(10))
                .forEach(row -> told.add(row.getString("status")));
        return told;
    }
}
