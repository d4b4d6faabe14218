package dev.tributary.conversion.track;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.conversion.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversions that stand in an address. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class PostbackDatabaseTest {
    @Inject
    Pool pool;

    @Inject
    Redis redis;

    private Promoter ada;
    private Shop shop;
    private String token;
    private String click;

    @BeforeEach
    void a_network() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        token = issue();
        click = TypeId.CLICK.format(shop.click(Duration.ofHours(1)));
    }

    @Test
    void a_sale_is_told_by_get_once() {
        tell("click_id=" + click + "&order_id=1&amount=49.99&currency=eur&network_macro=x")
                .statusCode(200)
                .body("id", startsWith("cnv_"), "status", equalTo("accepted"), "repeated", equalTo(false));
        tell("click_id=" + click + "&order_id=1&amount=49.99").body("repeated", equalTo(true));
        tell("click_id=" + click + "&order_id=1&amount=50").statusCode(409);
        assertThat(shop.conversion("1").getLong("amount_minor")).isEqualTo(4_999);
        assertThat(shop.conversion("1").getString("door")).isEqualTo("postback");
    }

    @Test
    void a_form_tells_the_same() {
        given().contentType("application/x-www-form-urlencoded")
                .formParam("token", token)
                .formParam("click_id", click)
                .formParam("order_id", "1")
                .formParam("amount", "10")
                .post("/postback")
                .then()
                .statusCode(200)
                .body("status", equalTo("accepted"));
        given().queryParam("token", token)
                .queryParam("click_id", click)
                .post("/postback")
                .then()
                .statusCode(200);
    }

    @Test
    void a_lead_and_a_refund_are_told_too() {
        tell("event=lead&click_id=" + click).statusCode(200).body("message", containsString("lead"));
        tell("event=lead&click_id=" + click).body("repeated", equalTo(true));
        tell("click_id=" + click + "&order_id=1&amount=10").statusCode(200);
        tell("event=refund&order_id=1&amount=2.50").statusCode(200).body("status", equalTo("booked"));
        assertThat(shop.conversion("1").getLong("refunded_minor")).isEqualTo(250);
    }

    @Test
    void who_only_looks_tells_nothing() {
        given().urlEncodingEnabled(false)
                .head("/postback?order_id=1&amount=10&token=" + token)
                .then()
                .statusCode(405);
        assertThat(shop.conversions()).isEmpty();
    }

    @Test
    void what_earns_nothing_says_why() {
        tell("order_id=1&amount=10")
                .statusCode(200)
                .body("status", equalTo("rejected"), "reason", equalTo("no_evidence"))
                .body("message", containsString("nothing leads from it to an affiliate"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_id=1&amount=10.001",
                "order_id=1&amount=-10",
                "order_id=1&amount=0",
                "order_id=1&amount=1e3",
                "order_id=1&amount=ten",
                "order_id=1&amount=99999999999999999999",
                "order_id=1&amount=10&currency=ZZZ",
                "order_id=1&amount=10&occurred_at=1970-01-01T00:00:00Z"
            })
    void what_cannot_be_is_422(String query) {
        tell(query).statusCode(422);
        assertThat(shop.conversions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount=10",
                "event=sale&order_id=1",
                "event=click&order_id=1",
                "order_id=1&amount=10&click_id=x",
                "order_id=%ff%fe&amount=10"
            })
    void what_is_no_postback_is_400(String query) {
        tell(query).statusCode(400).contentType("application/problem+json");
    }

    @Test
    void only_the_newest_token_opens_it_and_nothing_else() {
        given().get("/postback?order_id=1&amount=10").then().statusCode(401);
        given().get("/postback?token=trp_x&order_id=1&amount=10").then().statusCode(401);
        given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/track/sale")
                .then()
                .statusCode(401);
        String old = token;
        token = issue();
        given().get("/postback?order_id=1&amount=10&token=" + old).then().statusCode(401);
        tell("order_id=1&amount=10").statusCode(200);
        given().auth().oauth2(Tokens.of("admin")).delete(address()).then().statusCode(204);
        tell("order_id=2&amount=10").statusCode(401);
        given().auth().oauth2(Tokens.of("admin")).delete(address()).then().statusCode(404);
        assertThat(shop.query("SELECT * FROM audit_entry WHERE action LIKE 'postback_token%'")
                        .toString())
                .doesNotContain(old.substring(4));
    }

    @Test
    void a_program_that_sends_too_many_is_told_when_to_come_back_and_no_other_program_is() {
        String key = "limit:postback:60:prg:" + ada.id();
        used(key, 5_999);
        tell("order_id=1&amount=10").statusCode(200).header("RateLimit", startsWith("\"postback\";r=0;"));
        tell("order_id=2&amount=10")
                .statusCode(429)
                .contentType("application/problem+json")
                .header("RateLimit-Policy", equalTo("\"postback\";q=6000;w=60"))
                .header("Retry-After", notNullValue());
        assertThat(shop.conversions()).hasSize(1);

        ada = Promoter.in(pool, "UTC");
        token = issue();
        tell("order_id=2&amount=10").statusCode(200);
    }

    @Test
    void a_network_that_guesses_tokens_is_stopped_and_whoever_has_one_is_not() {
        String key = "limit:postback:60:net:127.0.0.0/24";
        used(key, 60);
        given().get("/postback?order_id=1&amount=10&token=trp_guess").then().statusCode(429);
        tell("order_id=1&amount=10").statusCode(200);
        redis.send(Request.cmd(Command.DEL).arg(key)).await().atMost(Duration.ofSeconds(10));
    }

    private void used(String key, int times) {
        redis.send(Request.cmd(Command.SET).arg(key).arg(times).arg("PX").arg(60_000))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private String issue() {
        return given().auth()
                .oauth2(Tokens.of("admin"))
                .post(address())
                .then()
                .statusCode(201)
                .body("token", startsWith("trp_"))
                .extract()
                .path("token");
    }

    private String address() {
        return "/api/admin/programs/" + ada.programId() + "/postback-token";
    }

    private ValidatableResponse tell(String query) {
        return given().urlEncodingEnabled(false)
                .get("/postback?" + query + "&token=" + token)
                .then();
    }
}
