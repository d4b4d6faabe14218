package dev.tributary.conversion.stripe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.conversion.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Stripe account tells of a program, through the door that Stripe uses. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class StripeDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    private final String mark = UUID.randomUUID().toString().substring(24);
    private final String secret = "whsec_" + UUID.randomUUID();
    private Promoter ada;
    private Shop shop;
    private int sent;

    @BeforeEach
    void a_program_with_a_stripe_account() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        add(secret).statusCode(201);
    }

    @Test
    void a_checkout_in_payment_mode_is_a_sale_by_its_payment_intent() {
        told(checkout("payment", "pi", 5_000, click(), "cus")).body("state", equalTo("done"));
        assertThat(sale("pi"))
                .containsEntry("status", "accepted")
                .containsEntry("amount_minor", 5_000L)
                .containsEntry("currency", "EUR")
                .containsEntry("door", "stripe");
        assertThat(sale("pi").get("affiliate_id")).hasToString(ada.id().toString());
    }

    @Test
    void an_unpaid_checkout_is_a_sale_when_the_payment_arrives() {
        JsonObject session = checkout("payment", "pi", 700, click(), "cus");
        told(session.copy().put("payment_status", "unpaid"), "checkout.session.completed")
                .body("state", equalTo("ignored"));
        assertThat(sales()).isZero();
        told(session, "checkout.session.async_payment_succeeded").body("state", equalTo("done"));
        assertThat(sales()).isOne();
    }

    @Test
    void the_first_invoice_waits_for_the_checkout_that_binds_its_customer() {
        told(invoice("in1", "cus", 1_900, "subscription_create")).body("state", equalTo("waiting"));
        assertThat(sales()).isZero();
        told(checkout("subscription", null, 1_900, click(), "cus")).body("state", equalTo("done"));
        assertThat(sale("in1")).containsEntry("status", "accepted");
        told(invoice("in2", "cus", 1_900, "subscription_cycle")).body("note", containsString("is accepted"));
        told(invoice("in3", "stranger", 1_900, "subscription_cycle"))
                .body("note", containsString("is rejected: no_evidence"));
        told(invoice("in4", "cus", 0, "subscription_cycle")).body("state", equalTo("ignored"));
        assertThat(sales()).isEqualTo(3);
    }

    @Test
    void a_customer_that_the_merchant_named_is_the_same_by_both_ids() {
        JsonObject session = checkout("subscription", null, 0, click(), "cus");
        session.getJsonObject("metadata").put("customer_external_id", "buyer-" + mark);
        told(session).body("state", equalTo("done"));
        told(invoice("in1", "cus", 1_900, "subscription_cycle"));
        assertThat(sale("in1")).containsEntry("customer_external_id", "buyer-" + mark);
        told(subscription("cus"), "customer.subscription.deleted").body("state", equalTo("done"));
        assertThat(value("SELECT status FROM referral WHERE program_id = $1", ada.id()))
                .isEqualTo("churned");
    }

    @Test
    void refunds_find_their_sale_by_intent_or_by_invoice_and_wait_for_the_link() {
        told(checkout("payment", "pi", 5_000, click(), "cus"));
        told(refunded("ch", "pi", 0, 500), "charge.refunded").body("state", equalTo("done"));
        told(refunded("ch", "pi", 500, 2_000), "charge.refunded").body("state", equalTo("done"));
        assertThat(sale("pi")).containsEntry("refunded_minor", 2_000L);

        told(invoice("in1", "cus", 1_900, "subscription_cycle"));
        told(refunded("ch2", "pi2", 0, 1_900), "charge.refunded").body("state", equalTo("waiting"));
        assertThat(sale("in1")).containsEntry("refunded_minor", 0L);
        told(paid("in1", "pi2"), "invoice_payment.paid").body("state", equalTo("done"));
        assertThat(sale("in1")).containsEntry("refunded_minor", 1_900L).containsEntry("status", "refunded");
    }

    @Test
    void a_dispute_takes_the_money_and_gives_it_back_when_it_is_won() {
        told(checkout("payment", "pi", 5_000, click(), "cus"));
        told(dispute("pi", 5_000, "warning_needs_response"), "charge.dispute.created")
                .body("state", equalTo("ignored"));
        told(dispute("pi", 5_000, "won"), "charge.dispute.closed").body("state", equalTo("waiting"));
        told(dispute("pi", 5_000, "needs_response"), "charge.dispute.funds_withdrawn")
                .body("state", equalTo("done"));
        // The one that waited for it was booked at once.
        assertThat(sale("pi")).containsEntry("refunded_minor", 0L).containsEntry("status", "accepted");
        told(dispute("pi", 5_000, "needs_response"), "charge.dispute.created").body("state", equalTo("ignored"));
        assertThat(sale("pi")).containsEntry("refunded_minor", 0L);
    }

    @Test
    void a_whole_story_ends_the_same_in_any_order_and_told_any_number_of_times() {
        long seed = System.nanoTime();
        for (int round = 0; round < 5; round++) {
            ada = Promoter.in(pool, "UTC");
            shop = new Shop(pool, ada);
            add(secret).statusCode(201);
            List<JsonObject> story = story();
            List<JsonObject> shuffled = new ArrayList<>(story);
            shuffled.addAll(story);
            Collections.shuffle(shuffled, new Random(seed + round));
            shuffled.forEach(event -> post(event, secret).statusCode(200));
            story.forEach(event -> post(event, secret).body("state", org.hamcrest.Matchers.not("waiting")));
            assertThat(sale("pi"))
                    .as("seed %d, round %d", seed, round)
                    .containsEntry("refunded_minor", 800L)
                    .containsEntry("status", "accepted");
            assertThat(sale("in1"))
                    .as("seed %d, round %d", seed, round)
                    .containsEntry("refunded_minor", 1_900L)
                    .containsEntry("status", "refunded");
            assertThat(sales()).as("seed %d, round %d", seed, round).isEqualTo(2);
        }
    }

    private List<JsonObject> story() {
        UUID click = click();
        return List.of(
                event("checkout.session.completed", checkout("payment", "pi", 5_000, click, "one"), null),
                event("charge.refunded", refunded("ch", "pi", 0, 300), 0L),
                event("charge.refunded", refunded("ch", "pi", 300, 800), 300L),
                event("checkout.session.completed", checkout("subscription", null, 1_900, click, "two"), null),
                event("invoice.paid", invoice("in1", "two", 1_900, "subscription_create"), null),
                event("invoice_payment.paid", paid("in1", "pi2"), null),
                event("charge.dispute.created", dispute("pi2", 1_900, "needs_response"), null),
                event("charge.dispute.closed", dispute("pi2", 1_900, "lost"), null));
    }

    @Test
    void the_same_event_many_times_at_once_has_one_effect() throws Exception {
        JsonObject event = event("checkout.session.completed", checkout("payment", "pi", 5_000, click(), "cus"), null);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++)
            answers.add(threads.submit(() -> post(event, secret).extract().statusCode()));
        for (Future<Integer> answer : answers) assertThat(answer.get()).isEqualTo(200);
        threads.shutdown();
        assertThat(sales()).isOne();
        assertThat(value("SELECT count(*) FROM stripe_event WHERE owner_id = $1", ada.id()))
                .isEqualTo(1L);
    }

    @Test
    void what_nobody_signed_leaves_no_trace() {
        JsonObject event = event("invoice.paid", invoice("in1", "cus", 1_900, "subscription_cycle"), null);
        post(event, "whsec_of somebody else").statusCode(400).contentType("application/problem+json");
        String body = event.encode();
        unsigned(ada.programId(), body).post().then().statusCode(400);
        for (String header : List.of(
                "nonsense", "t=1,v1=00", signature(body, secret, Instant.now().minusSeconds(400))))
            unsigned(ada.programId(), body)
                    .header("Stripe-Signature", header)
                    .post()
                    .then()
                    .statusCode(400);
        unsigned(TypeId.PROGRAM.format(UUID.randomUUID()), body)
                .header("Stripe-Signature", signature(body, secret, Instant.now()))
                .post()
                .then()
                .statusCode(400);
        assertThat(value("SELECT count(*) FROM stripe_event WHERE owner_id = $1", ada.id()))
                .isEqualTo(0L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"id\": 5, \"type\": \"x\", \"created\": 1, \"data\": {\"object\": {}}}", "{"})
    void a_signed_body_that_is_no_event_is_refused(String body) {
        unsigned(ada.programId(), body)
                .header("Stripe-Signature", signature(body, secret, Instant.now()))
                .post()
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usdollars", "", "xx"})
    void an_event_that_makes_no_sense_is_noted_as_refused(String currency) {
        told(invoice("in1", "cus", 1_900, "subscription_cycle").put("currency", currency))
                .body("state", equalTo("refused"));
        assertThat(sales()).isZero();
    }

    @Test
    void unknown_types_are_noted_and_staff_see_what_became_of_everything() {
        told(new JsonObject().put("id", "x"), "price.created").body("state", equalTo("ignored"));
        told(invoice("in1", "cus", 1_900, "subscription_create"));
        told(checkout("payment", "pi", 5_000, click(), "other"));
        asks().get("/api/admin/programs/" + ada.programId() + "/stripe-events")
                .then()
                .statusCode(200)
                .body("data.type", equalTo(List.of("checkout.session.completed", "invoice.paid", "price.created")))
                .body("data.state", equalTo(List.of("done", "waiting", "ignored")));
        asks().get("/api/admin/programs/" + ada.programId() + "/stripe-events?state=waiting")
                .then()
                .body("data", hasSize(1));
        assertThat(value("SELECT count(*) FROM stripe_event WHERE owner_id = $1 AND payload IS NOT NULL", ada.id()))
                .isEqualTo(1L);
    }

    @Test
    void secrets_overlap_and_are_never_shown() {
        String next = "whsec_" + UUID.randomUUID();
        String id = add(next).statusCode(201).extract().path("id");
        add(next).statusCode(409);
        add("nonsense").statusCode(400);
        JsonObject event = event("price.created", new JsonObject().put("id", "x"), null);
        post(event, secret).statusCode(200);
        post(event, next).statusCode(200);
        String list = asks().get(secrets())
                .then()
                .statusCode(200)
                .body("data", hasSize(2))
                .extract()
                .asString();
        assertThat(list).doesNotContain(next).doesNotContain(secret);
        asks().delete(secrets() + "/" + id).then().statusCode(204);
        asks().delete(secrets() + "/" + id).then().statusCode(404);
        post(event, next).statusCode(400);
        for (int i = 0; i < 4; i++) add("whsec_" + UUID.randomUUID()).statusCode(201);
        add("whsec_" + UUID.randomUUID()).statusCode(409);
    }

    private UUID click() {
        return shop.click(Duration.ofHours(1));
    }

    private JsonObject checkout(String mode, String intent, long amount, UUID click, String customer) {
        return new JsonObject()
                .put("object", "checkout.session")
                .put("id", "cs_" + mark + mode + customer)
                .put("mode", mode)
                .put("payment_status", "paid")
                .put("payment_intent", intent == null ? null : intent + "_" + mark)
                .put("customer", customer + "_" + mark)
                .put("amount_total", amount)
                .put("currency", "eur")
                .put("client_reference_id", TypeId.CLICK.format(click))
                .put("metadata", new JsonObject())
                .put("customer_details", new JsonObject().put("email", "Buyer@Example.com"));
    }

    private JsonObject invoice(String id, String customer, long amount, String reason) {
        JsonObject line =
                new JsonObject().put("amount", amount).put("currency", "eur").put("quantity", 1);
        return new JsonObject()
                .put("object", "invoice")
                .put("id", id + "_" + mark)
                .put("customer", customer + "_" + mark)
                .put("amount_paid", amount)
                .put("currency", "eur")
                .put("billing_reason", reason)
                .put("lines", new JsonObject().put("data", new io.vertx.core.json.JsonArray().add(line)));
    }

    private JsonObject paid(String invoice, String intent) {
        JsonObject payment = new JsonObject().put("type", "payment_intent").put("payment_intent", intent + "_" + mark);
        return new JsonObject()
                .put("id", "inpay_" + mark)
                .put("invoice", invoice + "_" + mark)
                .put("payment", payment);
    }

    private JsonObject refunded(String charge, String intent, long before, long after) {
        return new JsonObject()
                .put("id", charge + "_" + mark)
                .put("payment_intent", intent + "_" + mark)
                .put("amount_refunded", after)
                .put("before", before)
                .put("currency", "eur");
    }

    private JsonObject dispute(String intent, long amount, String status) {
        return new JsonObject()
                .put("id", "dp_" + mark)
                .put("payment_intent", intent + "_" + mark)
                .put("amount", amount)
                .put("currency", "eur")
                .put("status", status);
    }

    private JsonObject subscription(String customer) {
        return new JsonObject().put("id", "sub_" + mark).put("customer", customer + "_" + mark);
    }

    private ValidatableResponse told(JsonObject object) {
        return told(
                object, object.getString("object").equals("invoice") ? "invoice.paid" : "checkout.session.completed");
    }

    private ValidatableResponse told(JsonObject object, String type) {
        return post(event(type, object, object.getLong("before")), secret).statusCode(200);
    }

    private JsonObject event(String type, JsonObject object, Long refundedBefore) {
        JsonObject data = new JsonObject().put("object", object);
        if (refundedBefore != null)
            data.put("previous_attributes", new JsonObject().put("amount_refunded", refundedBefore));
        return new JsonObject()
                .put("id", "evt_" + mark.replace("-", "") + sent++)
                .put("type", type)
                .put("created", Instant.now().getEpochSecond())
                .put("livemode", true)
                .put("data", data);
    }

    private ValidatableResponse post(JsonObject event, String signedBy) {
        String body = event.encode();
        return unsigned(ada.programId(), body)
                .header("Stripe-Signature", signature(body, signedBy, Instant.now()))
                .post()
                .then();
    }

    private static RequestSpecification unsigned(String program, String body) {
        return given().basePath("/webhooks/stripe/" + program)
                .contentType("application/json")
                .body(body);
    }

    private static String signature(String body, String secret, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            long seconds = at.getEpochSecond();
            byte[] signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(signed));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ValidatableResponse add(String text) {
        return asks().body(new JsonObject().put("secret", text).encode())
                .post(secrets())
                .then();
    }

    private String secrets() {
        return "/api/admin/programs/" + ada.programId() + "/stripe-secrets";
    }

    private static RequestSpecification asks() {
        return given().auth()
                .oauth2(Tokens.as("stripe-admin", "admin"))
                .accept("application/json")
                .contentType("application/json");
    }

    private java.util.Map<String, Object> sale(String id) {
        Row row = pool.preparedQuery("SELECT * FROM conversion WHERE program_id = $1 AND external_id = $2")
                .execute(Tuple.of(ada.id(), id + "_" + mark))
                .await()
                .atMost(ANSWER)
                .iterator()
                .next();
        return row.toJson().getMap();
    }

    private long sales() {
        return (Long) value("SELECT count(*) FROM conversion WHERE program_id = $1", ada.id());
    }

    private Object value(String sql, Object... values) {
        return pool.preparedQuery(sql)
                .execute(Tuple.from(values))
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getValue(0);
    }
}
