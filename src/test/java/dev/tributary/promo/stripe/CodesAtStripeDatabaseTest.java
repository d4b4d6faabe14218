package dev.tributary.promo.stripe;

import static dev.tributary.promo.Store.eur;
import static dev.tributary.promo.Store.staff;
import static dev.tributary.promo.Store.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.promo.Store;
import dev.tributary.stripe.StripeCalls;
import dev.tributary.stripe.StripeStub;
import dev.tributary.stripe.StubCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the doors of staff and merchants to Stripe and back. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CodesAtStripeDatabaseTest {
    private static final String ASKED =
            "SELECT count(*) FROM stripe_coupon WHERE state = 'waiting' AND code_id = ANY($1)";

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
    void a_code_made_by_staff_comes_to_stripe_and_a_session_is_opened_with_it() {
        Store store = Store.open();
        String text = unique();
        brought(store.code(text, Map.of()));

        String key = unique();
        JsonPath applied = apply(store, key, "price_1", text);

        assertThat(applied.getString("codes[0].promotionCodeId")).isEqualTo("promo_1");
        JsonObject session = stub.checkoutSessions().get(0);
        assertThat(applied.getString("checkoutSession.id")).isEqualTo(session.getString("id"));
        assertThat(session.getJsonObject("metadata").getString("tributary_redemption"))
                .isEqualTo(applied.getString("id"));
        assertThat(apply(store, key, "price_1", text).getString("checkoutSession.id"))
                .isEqualTo(session.getString("id"));
        assertThat(stub.checkoutSessions()).hasSize(1);
    }

    @Test
    void staff_pause_a_code_and_bring_it_back_there_too() {
        Store store = Store.open();
        String id = store.code(unique(), Map.of());
        brought(id);

        becomes(id, "paused");
        brought(id);
        assertThat(stub.promotionCodes())
                .extracting(one -> one.getBoolean("active"))
                .containsExactly(false);

        becomes(id, "active");
        brought(id);
        assertThat(stub.promotionCodes())
                .extracting(one -> one.getBoolean("active"))
                .containsExactly(true);
    }

    @Test
    void generated_codes_all_come_to_stripe() {
        Store store = Store.open();
        List<String> texts = staff("admin")
                .body(Map.of(
                        "count",
                        30,
                        "prefix",
                        "VIP-",
                        "template",
                        Map.of("programId", store.program, "discountType", "percentage", "discountValue", 1_000)))
                .post("/api/admin/discount-codes/batches")
                .then()
                .statusCode(201)
                .extract()
                .path("codes");
        brought(texts.stream().map(this::id).toArray(String[]::new));

        assertThat(stub.promotionCodes()).hasSize(30).allMatch(one -> one.getBoolean("active"));
    }

    @Test
    void a_session_that_stripe_refuses_reserves_nothing() {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of("maxUses", 1));

        store.server()
                .body(body("price_no", text))
                .post(Store.APPLY)
                .then()
                .statusCode(422)
                .body("detail", containsString("No such price"));

        staff("admin").get(Store.CODES + "/" + id).then().body("uses", equalTo(0));
        assertThat(apply(store, unique(), "price_1", text).getString("checkoutSession.url"))
                .startsWith("https://checkout.stripe.com/");
    }

    @Test
    void without_a_key_nothing_is_marked_and_no_session_is_opened() {
        QuarkusMock.installMockForType(StubCalls.local(vertx), StripeCalls.class);
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of());

        store.server()
                .body(body("price_1", text))
                .post(Store.APPLY)
                .then()
                .statusCode(422)
                .body("errors[0].code", equalTo("not_set_up"));

        assertThat(count("SELECT count(*) FROM redemption WHERE code_id = ANY($1)", id))
                .isZero();
        assertThat(count("SELECT count(*) FROM stripe_coupon WHERE code_id = ANY($1)", id))
                .isZero();
        store.apply("c", 1_000, text).statusCode(201);
    }

    private static void becomes(String id, String status) {
        staff("admin")
                .body(Map.of("status", status))
                .patch(Store.CODES + "/" + id)
                .then()
                .statusCode(200);
    }

    private String id(String text) {
        return TypeId.DISCOUNT_CODE.format(shelf.query("SELECT id FROM discount_code WHERE code = $1", text)
                .iterator()
                .next()
                .getUUID(0));
    }

    private static JsonPath apply(Store store, String key, String price, String text) {
        return store.server()
                .header("Idempotency-Key", key)
                .body(body(price, text))
                .post(Store.APPLY)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> body(String price, String text) {
        Map<String, Object> session = Map.of(
                "mode",
                "payment",
                "successUrl",
                "https://shop.example.com/thanks",
                "lineItems",
                List.of(Map.of("price", price)));
        return Map.of(
                "codes", List.of(text), "customerExternalId", "c", "amount", eur(1_000), "checkoutSession", session);
    }

    /** When their events have been delivered, they have a turn. */
    private void brought(String... ids) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (count(ASKED, ids) < ids.length && System.nanoTime() < deadline) LockSupport.parkNanos(20_000_000);
        assertThat(count(ASKED, ids)).as("codes that are marked").isEqualTo(ids.length);
        sync.run().await().atMost(Duration.ofMinutes(1));
    }

    private long count(String sql, String... ids) {
        UUID[] codes = new UUID[ids.length];
        for (int i = 0; i < ids.length; i++)
            codes[i] = TypeId.DISCOUNT_CODE.parse(ids[i]).orElseThrow();
        return shelf.query(sql, (Object) codes).iterator().next().getLong(0);
    }
}
