package dev.tributary.payout.rail.stripe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.ApiAlone;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.Deadline;
import dev.tributary.payout.rail.Order;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Rails;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff take back of Stripe's transfers, in an application that has a key. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(ApiAlone.class)
class ReversalsDatabaseTest {
    @Inject
    Rails rails;

    @ConfigProperty(name = "tributary.stripe.api-base")
    String stub;

    private final UUID payout = UUID.randomUUID();

    @BeforeEach
    void a_payout_that_has_left() {
        given().body("{\"destination\":\"*\"}")
                .post(stub + "/stub/payees")
                .then()
                .statusCode(200);
        Rail stripe = rails.get("stripe");
        Order order = new Order(payout, "k-" + payout, payout, new Money(740, "USD"), "acct_1");
        stripe.send(stripe.freeze(order), Deadline.startingNow(System::nanoTime))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private ValidatableResponse reverse(String key, Map<String, ?> body) {
        return given().auth()
                .oauth2(Tokens.of("finance"))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/admin/payouts/" + TypeId.PAYOUT.format(payout) + "/reversals")
                .then();
    }

    /** By the provider's own count. */
    private long out() {
        String state = given().get(stub + "/stub/state").asString();
        long out = 0;
        for (Object each : new JsonObject(state).getJsonArray("moved")) {
            JsonObject moved = (JsonObject) each;
            if (moved.getString("payout").equals(TypeId.PAYOUT.format(payout)))
                out += moved.getLong("minor") - moved.getLong("reversedMinor");
        }
        return out;
    }

    @Test
    void a_part_comes_back_then_the_rest_and_a_repetition_takes_no_more() {
        Map<String, ?> part = Map.of("reason", "too much", "amount", Map.of("amount", 300, "currency", "USD"));
        String key = UUID.randomUUID().toString();
        long inAll = reverse(key, part).statusCode(200).extract().jsonPath().getLong("reversedInAll.amount");
        assertThat(inAll).isEqualTo(300);
        reverse(key, part).statusCode(200);
        assertThat(out()).isEqualTo(440);

        String rest = UUID.randomUUID().toString();
        reverse(rest, Map.of("reason", "all of it")).statusCode(200);
        long again = reverse(rest, Map.of("reason", "all of it"))
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("reversed.amount");
        assertThat(again).isEqualTo(440);
        assertThat(out()).isZero();
    }

    @Test
    void more_than_is_out_another_currency_and_no_reason_are_refused() {
        String key = UUID.randomUUID().toString();
        Map<String, ?> tooMuch = Map.of("reason", "x", "amount", Map.of("amount", 741, "currency", "USD"));
        reverse(key, tooMuch).statusCode(422);
        reverse(key, Map.of("reason", "x", "amount", Map.of("amount", 1, "currency", "EUR")))
                .statusCode(422);
        reverse(key, Map.of("reason", " ")).statusCode(400);
        reverse(key, Map.of("reason", "x", "transferId", "nope")).statusCode(400);
        reverse(key, Map.of("reason", "x", "transferId", "tr_999999")).statusCode(404);
        assertThat(out()).isEqualTo(740);
    }

    @Test
    void support_may_not_and_a_payout_that_stripe_does_not_know_is_not_found() {
        given().auth()
                .oauth2(Tokens.of("support"))
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "x"))
                .post("/api/admin/payouts/" + TypeId.PAYOUT.format(payout) + "/reversals")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Tokens.of("admin"))
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "x"))
                .post("/api/admin/payouts/" + TypeId.PAYOUT.format(UUID.randomUUID()) + "/reversals")
                .then()
                .statusCode(404);
    }
}
