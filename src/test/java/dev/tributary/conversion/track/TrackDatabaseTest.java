package dev.tributary.conversion.track;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.access.ApiKeys;
import dev.tributary.access.KeyOwner;
import dev.tributary.conversion.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What merchants' servers tell, and are told. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class TrackDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    ApiKeys keys;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    private Shop shop;
    private String secret;
    private String click;

    @BeforeEach
    void a_shop_with_a_key() {
        Promoter ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        secret = key("track:write");
        click = TypeId.CLICK.format(shop.click(Duration.ofHours(1)));
    }

    @Test
    void a_sale_is_told_once_and_answered_with_what_was_decided() {
        String id = tell("sale", sale("order-1"))
                .statusCode(201)
                .body("id", startsWith("cnv_"), "status", equalTo("accepted"), "reason", nullValue())
                .body("kind", equalTo("sale"), "repeated", equalTo(false), "decision", equalTo(1))
                .body("credits", hasSize(1), "credits[0].src", equalTo("news"), "credits[0].weightBps", equalTo(10_000))
                .body("credits[0].affiliateId", startsWith("aff_"), "credits[0].linkId", startsWith("lnk_"))
                .extract()
                .path("id");
        tell("sale", sale("order-1")).statusCode(200).body("id", equalTo(id), "repeated", equalTo(true));
        tell("sale", sale("order-1").put("amount", money(1, "EUR")))
                .statusCode(409)
                .body("code", equalTo("conflict"), "errors[0].field", equalTo("externalId"));
        assertThat(shop.conversions()).hasSize(1);
    }

    @Test
    void a_sale_may_bring_items_a_buyer_and_notes() {
        tell(
                        "sale",
                        sale("order-1")
                                .put("customerExternalId", "kim")
                                .put(
                                        "items",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("sku", "A")
                                                        .put("amount", 1_000))
                                                .add(new JsonObject()
                                                        .put("category", "books")
                                                        .put("quantity", 3)
                                                        .put("amount", 999)))
                                .put("customerIp", "203.0.113.77")
                                .put("customerEmailHash", "A".repeat(64))
                                .put("customerCountry", "de")
                                .put("plan", "pro")
                                .put("metadata", new JsonObject().put("campaign", "spring")))
                .statusCode(201);
        JsonObject stored = shop.conversion("order-1");
        assertThat(stored.getJsonArray("lines")).hasSize(2);
        assertThat(stored.getJsonObject("buyer").encode())
                .contains("203.0.113.0/24", "\"DE\"", "a".repeat(64))
                .doesNotContain("203.0.113.77");
        assertThat(stored.getJsonObject("details").encode()).contains("spring");
    }

    @Test
    void a_lead_needs_its_customer_alone() {
        tell("lead", new JsonObject().put("customerExternalId", "kim").put("clickId", click))
                .statusCode(201)
                .body("externalId", equalTo("lead:kim"), "status", equalTo("accepted"));
        tell("lead", new JsonObject().put("customerExternalId", "kim").put("clickId", click))
                .statusCode(200)
                .body("repeated", equalTo(true));
        tell(
                        "lead",
                        new JsonObject()
                                .put("customerExternalId", "kim")
                                .put("externalId", "again")
                                .put("clickId", click))
                .statusCode(201)
                .body("status", equalTo("rejected"), "reason", equalTo("duplicate"));
        tell("sale", sale("order-1").put("customerExternalId", "kim").putNull("clickId"))
                .statusCode(201)
                .body("status", equalTo("accepted"));
    }

    @Test
    void a_refund_goes_back_and_what_cannot_is_refused() {
        tell("sale", sale("order-1"));
        tell("refund", refund("r1", "order-1", 500))
                .statusCode(201)
                .body("id", startsWith("rfd_"), "status", equalTo("booked"), "refunded.amount", equalTo(500));
        tell("refund", refund("r1", "order-1", 500)).statusCode(200).body("repeated", equalTo(true));
        tell("refund", refund("r2", "order-1", 5_000)).statusCode(422).body("errors[0].code", equalTo("too_much"));
        tell("refund", refund("r3", "order-1", 5).put("amount", money(5, "USD")))
                .statusCode(422)
                .body("errors[0].code", equalTo("currency_mismatch"));
        tell("refund", refund("r4", "order-99", 5)).statusCode(201).body("status", equalTo("waiting"));
        tell("refund", refund("r5", "order-1", 5).put("kind", "chargeback")).statusCode(400);
    }

    @Test
    void an_array_is_answered_row_by_row_and_bad_rows_harm_nobody() {
        JsonArray batch = new JsonArray()
                .add(sale("a"))
                .add(sale("b").put("amount", money(-1, "EUR")))
                .add(sale("c").put("clickId", "nonsense"))
                .add(sale("a"))
                .add(sale("d").putNull("clickId"))
                .add("text");
        post("sale", batch.encode())
                .statusCode(200)
                .body("accepted", equalTo(1), "rejected", equalTo(1), "repeated", equalTo(1), "refused", equalTo(3))
                .body("data.row", equalTo(List.of(1, 2, 3, 4, 5, 6)))
                .body(
                        "data.result",
                        equalTo(List.of("accepted", "refused", "refused", "repeated", "rejected", "refused")))
                .body("data[1].code", equalTo("unprocessable"), "data[1].errors[0].field", equalTo("amount.amount"))
                .body("data[2].code", equalTo("invalid_request"), "data[2].errors[0].field", equalTo("clickId"))
                .body("data[4].conversion.reason", equalTo("no_evidence"));
        assertThat(shop.conversions()).hasSize(2);
    }

    @Test
    void lines_are_read_one_by_one() {
        String lines = sale("a").encode() + "\n\n{broken\n" + sale("b").encode();
        asks().contentType("application/x-ndjson")
                .body(lines)
                .post("/api/track/sale")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2), "refused", equalTo(1), "data[1].result", equalTo("refused"));
    }

    @Test
    void a_thousand_go_at_once_and_no_more() {
        String thousand = IntStream.range(0, 1_000)
                .mapToObj(i -> sale("order-" + i).encode())
                .collect(Collectors.joining("\n"));
        asks().contentType("application/x-ndjson")
                .body(thousand)
                .post("/api/track/sale")
                .then()
                .body("accepted", equalTo(1_000));
        asks().contentType("application/x-ndjson")
                .body(thousand + "\n" + sale("one-more").encode())
                .post("/api/track/sale")
                .then()
                .statusCode(413);
        post("sale", "[]").statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":\"1999\",\"currency\":\"EUR\"}",
                "{\"amount\":19.99,\"currency\":\"EUR\"}",
                "{\"amount\":0,\"currency\":\"EUR\"}",
                "{\"amount\":-5,\"currency\":\"EUR\"}",
                "{\"amount\":9223372036854775808,\"currency\":\"EUR\"}",
                "{\"amount\":1e40,\"currency\":\"EUR\"}",
                "{\"amount\":1000000000001,\"currency\":\"EUR\"}",
                "{\"amount\":null,\"currency\":\"EUR\"}",
                "{\"amount\":5,\"currency\":\"ZZZ\"}",
                "{\"amount\":5,\"currency\":\"eur\"}",
                "{\"amount\":5}",
                "5",
                "[]",
                "\"5 EUR\""
            })
    void an_amount_that_cannot_be_is_422_and_nothing_is_stored(String amount) {
        post("sale", "{\"externalId\":\"a\",\"clickId\":\"" + click + "\",\"amount\":" + amount + "}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("unprocessable"), "errors[0].field", startsWith("amount"));
        assertThat(shop.conversions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1970-01-01T00:00:00Z,422", "2099-01-01T00:00:00Z,422", "yesterday,400", "1763710200,400"})
    void a_time_that_cannot_be_is_refused(String time, int status) {
        tell("sale", sale("a").put("occurredAt", time))
                .statusCode(status)
                .body("errors[0].field", equalTo("occurredAt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"externalId\":\"half a pair \\ud800\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"}}",
                "{\"externalId\":\"a\"}{\"externalId\":\"b\"}",
                "",
                "null",
                "7",
                "{",
                "{}",
                "{\"externalId\":7}",
                "{\"externalId\":\"  \"}",
                "{\"externalId\":\"a\\u0000b\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"}}",
                "{\"externalId\":\"a\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"},\"status\":\"accepted\"}",
                "{\"externalId\":\"a\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"},\"metadata\":{\"a\":\"\\u0000\"}}",
                "{\"externalId\":\"a\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"},\"metadata\":{\"a\":{}}}",
                "{\"externalId\":\"a\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"},\"items\":[null]}",
                "{\"externalId\":\"a\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"},\"customerIp\":\"localhost\"}",
                "{\"externalId\":\"a\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"},\"customerEmailHash\":\"kim@mail.example\"}"
            })
    void what_is_no_event_is_400(String body) {
        post("sale", body).statusCode(400).contentType("application/problem+json");
        assertThat(shop.conversions()).isEmpty();
    }

    @Test
    void items_may_not_be_more_than_the_amount() {
        tell(
                        "sale",
                        sale("a")
                                .put(
                                        "items",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("sku", "A")
                                                        .put("amount", 2_000))))
                .statusCode(422)
                .body("errors.code", hasItem("more_than_amount"));
    }

    @Test
    void another_currency_is_told_as_a_mistake_and_kept_as_rejected() {
        tell("sale", sale("a").put("amount", money(5, "USD")))
                .statusCode(422)
                .body("errors[0].code", equalTo("currency_mismatch"));
        assertThat(shop.conversion("a").getString("reason_code")).isEqualTo("currency_mismatch");
        post(
                        "sale",
                        new JsonArray()
                                .add(sale("b").put("amount", money(5, "USD")))
                                .encode())
                .statusCode(200)
                .body("data[0].result", equalTo("rejected"), "data[0].conversion.reason", equalTo("currency_mismatch"));
    }

    @Test
    void an_idempotency_key_repeats_the_answer_to_the_letter() {
        String body = sale("a").encode();
        for (int i = 0; i < 2; i++)
            asks().header("Idempotency-Key", "k1")
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/track/sale")
                    .then()
                    .statusCode(201)
                    .body("repeated", equalTo(false));
        asks().header("Idempotency-Key", "k1")
                .contentType(ContentType.JSON)
                .body(sale("b").encode())
                .post("/api/track/sale")
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency_key_reused"));
        assertThat(shop.conversions()).hasSize(1);
    }

    @Test
    void a_body_of_no_type_is_read_as_json() throws Exception {
        java.net.http.HttpRequest bare = java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create("http://localhost:" + io.restassured.RestAssured.port + "/api/track/sale"))
                .header("Authorization", "Bearer " + key("track:write"))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        sale("a").encode()))
                .build();
        var answer =
                java.net.http.HttpClient.newHttpClient().send(bare, java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void only_a_merchants_key_that_may_write_opens_it() {
        given().contentType(ContentType.JSON)
                .body(sale("a").encode())
                .post("/api/track/sale")
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + key("read"))
                .contentType(ContentType.JSON)
                .body(sale("a").encode())
                .post("/api/track/sale")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Tokens.of("admin"))
                .contentType(ContentType.JSON)
                .body(sale("a").encode())
                .post("/api/track/sale")
                .then()
                .statusCode(403);
        asks().post("/api/track/sale").then().statusCode(415).contentType("application/problem+json");
        asks().contentType(ContentType.TEXT)
                .body("order-1")
                .post("/api/track/sale")
                .then()
                .statusCode(415);
        assertThat(shop.conversions()).isEmpty();
    }

    private String key(String scope) {
        return transactions
                .run(tx -> keys.issue(tx, KeyOwner.PROGRAM, shop.program(), "shop", Set.of(scope)))
                .await()
                .atMost(ANSWER)
                .secret();
    }

    private JsonObject sale(String id) {
        return new JsonObject().put("externalId", id).put("clickId", click).put("amount", money(1_999, "EUR"));
    }

    private static JsonObject refund(String id, String sale, long amount) {
        return new JsonObject()
                .put("externalId", id)
                .put("saleExternalId", sale)
                .put("amount", money(amount, "EUR"));
    }

    private static JsonObject money(long amount, String currency) {
        return new JsonObject().put("amount", amount).put("currency", currency);
    }

    private ValidatableResponse tell(String what, JsonObject body) {
        return post(what, body.encode());
    }

    private ValidatableResponse post(String what, String body) {
        return asks().contentType(ContentType.JSON)
                .body(body)
                .post("/api/track/" + what)
                .then();
    }

    private RequestSpecification asks() {
        EncoderConfig plain = EncoderConfig.encoderConfig()
                .encodeContentTypeAs("application/x-ndjson", ContentType.TEXT)
                .appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(plain))
                .header("Authorization", "Bearer " + secret);
    }
}
