package dev.tributary.affiliate;

import static dev.tributary.affiliate.Staff.AFFILIATES;
import static dev.tributary.affiliate.Staff.affiliate;
import static dev.tributary.affiliate.Staff.as;
import static dev.tributary.affiliate.Staff.post;
import static dev.tributary.affiliate.Staff.status;
import static dev.tributary.affiliate.Staff.unique;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class ViolationDatabaseTest {
    private static String of(String affiliate) {
        return AFFILIATES + "/" + affiliate + "/violations";
    }

    private static Map<String, String> a(String kind, String action) {
        return Map.of("kind", kind, "severity", "high", "evidence", "Seen by us", "action", action);
    }

    @Test
    void a_ban_is_recorded_and_carried_out_in_one() {
        String id = affiliate();
        post(of(id), a("brand_bidding", "warning"))
                .statusCode(201)
                .body("id", startsWith("vio_"), "affiliateId", equalTo(id), "programId", nullValue())
                .body("kind", equalTo("brand_bidding"), "severity", equalTo("high"), "createdBy", equalTo("tester"));
        as("support").get(AFFILIATES + "/" + id).then().body("status", equalTo("active"));

        ValidatableResponse made = post(of(id), a("spam", "ban")).statusCode(201);
        String ban = made.extract().path("id");
        as("support")
                .get(made.extract().header("Location"))
                .then()
                .statusCode(200)
                .body("id", equalTo(ban), "action", equalTo("ban"));
        as("support").get(of(affiliate()) + "/" + ban).then().statusCode(404);

        as("support")
                .get(AFFILIATES + "/" + id)
                .then()
                .body("status", equalTo("banned"), "statusReason", equalTo("spam: " + ban));
        as("support").get(of(id)).then().statusCode(200).body("data.action", contains("ban", "warning"));
        as("support").get(of(id) + "?kind=spam").then().body("data.id", contains(ban));
        post(of(id), a("spam", "suspension")).statusCode(201);
        as("support").get(AFFILIATES + "/" + id).then().body("status", equalTo("banned"));
    }

    @Test
    void what_cannot_be_carried_out_is_not_recorded() {
        String id = affiliate();
        status(id, "closed").statusCode(200);
        post(of(id), a("spam", "ban")).statusCode(409);
        as("support").get(of(id)).then().body("data", empty());
        post(of(id), a("spam", "none")).statusCode(201);
        as("support").get(of(id)).then().body("data", hasSize(1));
    }

    @Test
    void it_may_concern_one_program() {
        String program = post(
                        "/api/admin/programs",
                        Map.of("name", "P " + unique(), "landingUrl", "https://shop.example.com/", "currency", "EUR"))
                .statusCode(201)
                .extract()
                .path("id");
        String id = affiliate();
        post(of(id), Map.of("programId", program, "kind", "other", "severity", "low", "evidence", "E"))
                .statusCode(201)
                .body("programId", equalTo(program), "action", equalTo("none"));
        post(
                        of(id),
                        Map.of(
                                "programId", "prg_01h455vb4pex5vsknk084sn02q",
                                "kind", "other",
                                "severity", "low",
                                "evidence", "E"))
                .statusCode(400)
                .body("errors[0].field", equalTo("programId"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\": \"spam\", \"severity\": \"high\"}",
                "{\"kind\": \"spam\", \"severity\": \"odd\", \"evidence\": \"E\"}",
                "{\"kind\": \"spam\", \"severity\": \"low\", \"evidence\": \"a\\u0000b\"}",
                "{\"kind\": \"spam\", \"severity\": \"low\", \"evidence\": \"E\", \"evidenceUrl\": \"javascript:x\"}",
                "{\"kind\": \"spam\", \"severity\": \"low\", \"evidence\": \"E\", \"programId\": \"aff_x\"}"
            })
    void a_record_that_says_too_little_or_odd_things_is_refused(String body) {
        post(of(affiliate()), body).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void nobody_else_reads_or_writes_them() {
        String id = affiliate();
        as("affiliate").get(of(id)).then().statusCode(403);
        as("support").body(a("spam", "ban")).post(of(id)).then().statusCode(403);
        as("admin").get(of("aff_01h455vb4pex5vsknk084sn02q")).then().statusCode(404);
        post(of("aff_01h455vb4pex5vsknk084sn02q"), a("spam", "none")).statusCode(404);
    }
}
