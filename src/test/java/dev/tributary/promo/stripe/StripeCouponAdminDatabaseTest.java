package dev.tributary.promo.stripe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.stripe.StripeCalls;
import dev.tributary.stripe.StripeStub;
import dev.tributary.stripe.StubCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff see of codes at Stripe. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class StripeCouponAdminDatabaseTest {
    private static final String PATH = "/api/admin/stripe-coupons";

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    CouponSync sync;

    private StripeStub stub;
    private Shelf shelf;

    @BeforeEach
    void a_stripe_of_its_own() {
        stub = new StripeStub();
        QuarkusMock.installMockForType(StubCalls.of(vertx, stub), StripeCalls.class);
        shelf = new Shelf(pool);
    }

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void a_code_is_asked_for_and_then_seen_at_stripe() {
        String code = TypeId.DISCOUNT_CODE.format(shelf.code("SEEN", "value = 1000"));
        staff("support").get(PATH + "/" + code).then().statusCode(404);

        staff("admin")
                .post(PATH + "/" + code + "/sync")
                .then()
                .statusCode(200)
                .body("state", equalTo("waiting"))
                .body("couponId", nullValue());
        sync.run().await().atMost(Duration.ofMinutes(1));

        staff("support")
                .get(PATH + "/" + code)
                .then()
                .statusCode(200)
                .body("state", equalTo("synced"))
                .body("promotionCodeId", equalTo("promo_1"))
                .body("active", equalTo(true))
                .body("nextAttemptAt", nullValue());
    }

    @Test
    void the_list_has_what_needs_a_person_with_its_reason_also_as_csv() {
        UUID code = shelf.code("ÜBER", "value = 1000");
        String id = TypeId.DISCOUNT_CODE.format(code);
        staff("admin").post(PATH + "/" + id + "/sync").then().statusCode(200);
        sync.run().await().atMost(Duration.ofMinutes(1));

        staff("support")
                .get(PATH + "?state=refused&limit=100")
                .then()
                .statusCode(200)
                .body("data.find { it.discountCodeId == '" + id + "' }.lastError", containsString("letters"));
        String csv = given().auth()
                .oauth2(Tokens.as(UUID.randomUUID().toString(), "admin"))
                .accept("text/csv")
                .get(PATH + "?state=refused")
                .asString();
        assertThat(csv).startsWith("discountCodeId,code,state,").contains(id + ",ÜBER");
    }

    @Test
    void bad_input_and_other_roles_are_refused() {
        staff("admin").get(PATH + "?state=odd").then().statusCode(400);
        staff("admin").post(PATH + "/dsc_nothing/sync").then().statusCode(404);
        staff("admin")
                .post(PATH + "/" + TypeId.DISCOUNT_CODE.format(UUID.randomUUID()) + "/sync")
                .then()
                .statusCode(404);
        staff("support")
                .post(PATH + "/" + TypeId.DISCOUNT_CODE.format(UUID.randomUUID()) + "/sync")
                .then()
                .statusCode(403);
        staff("affiliate").get(PATH).then().statusCode(403);
    }

    @Test
    void without_a_key_there_is_nothing_to_bring() {
        QuarkusMock.installMockForType(StubCalls.local(vertx), StripeCalls.class);
        String code = TypeId.DISCOUNT_CODE.format(shelf.code("LOCAL", "value = 1000"));

        staff("admin").post(PATH + "/" + code + "/sync").then().statusCode(422);
    }

    private static RequestSpecification staff(String role) {
        return given().auth()
                .oauth2(Tokens.as(UUID.randomUUID().toString(), role))
                .accept("application/json")
                .contentType("application/json");
    }
}
