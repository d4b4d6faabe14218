package dev.tributary.promo;

import static dev.tributary.promo.Store.REDEMPTIONS;
import static dev.tributary.promo.Store.eur;
import static dev.tributary.promo.Store.staff;
import static dev.tributary.promo.Store.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.ledger.BookCheck;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes applied to orders, and what becomes of that. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class RedemptionsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @Inject
    Redemptions redemptions;

    @Inject
    RedemptionRepository repository;

    @Inject
    Transactions transactions;

    @Inject
    Instance<BookCheck> checks;

    @AfterEach
    void counters_are_rows_and_limits_hold() {
        List<String> breaches = new ArrayList<>();
        for (BookCheck check : checks)
            if (check.name().startsWith("redemptions-"))
                breaches.addAll(
                        transactions.read(c -> check.breaches(c, 10)).await().atMost(ANSWER));
        assertThat(breaches).isEmpty();
    }

    @Test
    void an_apply_reserves_and_tells_what_each_code_takes_off() {
        Store store = Store.open();
        String twenty = unique();
        String five = unique();
        store.code(twenty, Map.of("stackable", true));
        store.code(five, Map.of("stackable", true, "discountType", "fixed_amount", "discountValue", 500));

        store.apply("cust-1", 1_999, five.toLowerCase(), twenty)
                .statusCode(201)
                .body("id", startsWith("rdm_"), "state", equalTo("reserved"))
                .body("codes.code", equalTo(List.of(five, twenty)), "codes.discount.amount", equalTo(List.of(500, 400)))
                .body("discount", equalTo(Map.of("amount", 900, "currency", "EUR")), "total.amount", equalTo(1_099))
                .body("codes[0].promotionCodeId", nullValue(), "checkoutSession", nullValue());
    }

    @Test
    void five_hundred_at_once_of_a_code_for_a_hundred_are_exactly_a_hundred() throws Exception {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of("maxUses", 100));
        List<Integer> answers = atOnce(500, n -> persistent(store, "cust-" + n, text));

        assertThat(Collections.frequency(answers, 201)).isEqualTo(100);
        assertThat(Collections.frequency(answers, 422)).isEqualTo(400);
        assertThat(count("SELECT uses FROM discount_code WHERE id = $1", id)).isEqualTo(100);
        assertThat(count("SELECT count(*) FROM redemption WHERE code_id = $1", id))
                .isEqualTo(100);
        assertThat(count("SELECT discount_minor FROM discount_code WHERE id = $1", id))
                .isEqualTo(100 * 200);
    }

    @Test
    void one_customer_at_once_uses_a_code_as_often_as_it_may() throws Exception {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of("maxUsesPerCustomer", 2));
        List<Integer> answers = atOnce(
                60, n -> store.apply("cust-" + n % 3, 1_000, text).extract().statusCode());

        assertThat(Collections.frequency(answers, 201)).isEqualTo(6);
        assertThat(count("SELECT uses FROM discount_code WHERE id = $1", id)).isEqualTo(6);
    }

    @Test
    void codes_stacked_in_every_order_at_once_never_wait_in_a_circle() throws Exception {
        Store store = Store.open();
        String one = unique();
        String two = unique();
        store.code(one, Map.of("stackable", true, "maxUses", 30));
        store.code(two, Map.of("stackable", true, "maxUses", 25));
        List<Integer> answers = atOnce(
                80, n -> (n % 2 == 0 ? store.apply("c" + n, 1_000, one, two) : store.apply("c" + n, 1_000, two, one))
                        .extract()
                        .statusCode());

        assertThat(Collections.frequency(answers, 201)).isEqualTo(25);
        assertThat(Collections.frequency(answers, 422)).isEqualTo(55);
    }

    @ParameterizedTest
    @CsvSource({
        "paused, paused",
        "archived, archived",
    })
    void a_code_that_is_not_active_is_refused_by_name(String status, String reason) {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of());
        staff("admin")
                .body(Map.of("status", status))
                .patch(Store.CODES + "/" + id)
                .then()
                .statusCode(200);

        store.apply("cust", 1_000, text)
                .statusCode(422)
                .body("errors[0].field", equalTo("codes[0]"), "errors[0].code", equalTo(reason));
    }

    @Test
    void each_code_that_cannot_be_used_is_named_and_none_is_reserved() {
        Store store = Store.open();
        String good = unique();
        String alone = unique();
        String late = unique();
        String goodId = store.code(good, Map.of("stackable", true));
        store.code(alone, Map.of());
        store.code(late, Map.of("stackable", true, "startsAt", "2098-01-01T00:00:00Z"));

        store.apply("cust", 1_000, good, alone, late, "NOSUCHCODE", good)
                .statusCode(422)
                .body("errors.field", equalTo(List.of("codes[1]", "codes[2]", "codes[3]", "codes[4]")))
                .body("errors.code", equalTo(List.of("not_stackable", "not_started", "unknown", "repeated")));
        assertThat(count("SELECT uses FROM discount_code WHERE id = $1", goodId))
                .isZero();
    }

    @Test
    void another_programs_code_is_unknown() {
        String text = unique();
        Store.open().code(text, Map.of());
        Store.open().apply("cust", 1_000, text).statusCode(422).body("errors[0].code", equalTo("unknown"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"amount\": 0, \"currency\": \"EUR\"}', 422",
        "'{\"amount\": -5, \"currency\": \"EUR\"}', 422",
        "'{\"amount\": 1.5, \"currency\": \"EUR\"}', 422",
        "'{\"amount\": \"100\", \"currency\": \"EUR\"}', 422",
        "'{\"amount\": 9223372036854775808, \"currency\": \"EUR\"}', 422",
        "'{\"amount\": 100, \"currency\": \"USD\"}', 422",
        "'{\"amount\": 100, \"currency\": \"XYZ\"}', 422",
        "'{\"amount\": 100}', 400",
        "'100', 400",
        "'null', 400"
    })
    void an_amount_that_cannot_be_is_refused(String amount, int status) {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of());
        store.server()
                .body("{\"codes\": [\"%s\"], \"customerExternalId\": \"c\", \"amount\": %s}".formatted(text, amount))
                .post(Store.APPLY)
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
    }

    @Test
    void a_session_needs_stripe_and_nothing_is_reserved_without() {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of());
        store.apply(Map.of("codes", List.of(), "customerExternalId", "c", "amount", eur(1)))
                .statusCode(400);
        store.apply(Map.of("codes", List.of(text), "amount", eur(1_000)))
                .statusCode(400)
                .body("errors[0].field", equalTo("customerExternalId"));
        store.apply(Map.of(
                        "codes", List.of(text), "customerExternalId", "c", "amount", eur(1_000), "reserveMinutes", 4))
                .statusCode(422);
    }

    @Test
    void the_same_idempotency_key_is_one_redemption() {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of("maxUsesPerCustomer", 5));
        Map<String, Object> body = Map.of("codes", List.of(text), "customerExternalId", "c", "amount", eur(1_000));
        String key = unique();
        String first = store.server()
                .header("Idempotency-Key", key)
                .body(body)
                .post(Store.APPLY)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String second = store.server()
                .header("Idempotency-Key", key)
                .body(body)
                .post(Store.APPLY)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        assertThat(second).isEqualTo(first);
        assertThat(count("SELECT uses FROM discount_code WHERE id = $1", id)).isEqualTo(1);
    }

    @Test
    void a_confirmation_has_one_effect_however_often_it_is_told() throws Exception {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of());
        String redemption = store.apply("cust", 1_000, text).extract().path("id");
        String order = "order-" + unique();
        List<Integer> answers =
                atOnce(20, n -> confirm(store, redemption, order).extract().statusCode());

        assertThat(answers).containsOnly(200);
        confirm(store, redemption, order)
                .body("state", equalTo("confirmed"), "externalId", equalTo(order), "paid.amount", equalTo(800));
        assertThat(events(redemption)).isEqualTo(1);
        confirm(store, redemption, order + "x").statusCode(409);
        store.server().post(REDEMPTIONS + redemption + "/release").then().statusCode(409);
    }

    @Test
    void an_order_has_one_redemption() {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of("maxUsesPerCustomer", 5));
        String order = "order-" + unique();
        confirm(store, store.apply("cust", 1_000, text).extract().path("id"), order)
                .statusCode(200);
        confirm(store, store.apply("cust", 1_000, text).extract().path("id"), order)
                .statusCode(409);
    }

    @Test
    void a_release_gives_the_use_back_once() {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of("maxUses", 1));
        String redemption = store.apply("one", 1_000, text).extract().path("id");
        store.apply("two", 1_000, text).statusCode(422).body("errors[0].code", equalTo("used_up"));

        for (int i = 0; i < 2; i++)
            store.server()
                    .post(REDEMPTIONS + redemption + "/release")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("released"), "releaseReason", equalTo("canceled"));

        store.apply("two", 1_000, text).statusCode(201);
    }

    @Test
    void an_expired_reservation_is_released_and_confirmed_late_where_there_is_a_use_left() {
        Store store = Store.open();
        String text = unique();
        String code = store.code(text, Map.of("maxUses", 1));
        String first = store.apply("one", 1_000, text).extract().path("id");
        expire(first);
        assertThat(count("SELECT uses FROM discount_code WHERE id = $1", code)).isZero();

        confirm(store, first, "late-" + unique()).statusCode(200).body("state", equalTo("confirmed"));

        assertThat(count("SELECT uses FROM discount_code WHERE id = $1", code)).isEqualTo(1);
    }

    @Test
    void an_expired_reservation_whose_code_was_used_up_since_is_refused() {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of("maxUses", 1));
        String first = store.apply("one", 1_000, text).extract().path("id");
        expire(first);
        store.apply("two", 1_000, text).statusCode(201);

        confirm(store, first, "late-" + unique()).statusCode(409);
    }

    @Test
    void a_confirmation_and_the_end_of_the_reservation_at_once_leave_one_of_both() throws Exception {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of("maxUsesPerCustomer", 100));
        for (int i = 0; i < 10; i++) {
            String redemption = store.apply("one", 1_000, text).extract().path("id");
            String order = "race-" + unique();
            over(redemption);
            List<Integer> answers = atOnce(
                    2, n -> n == 0 ? confirm(store, redemption, order).extract().statusCode() : release(redemption));
            assertThat(answers.get(0)).isEqualTo(200);
        }
    }

    @Test
    void limits_are_not_lowered_below_what_is_used() {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of("maxUses", 5, "maxUsesPerCustomer", 3));
        store.apply("one", 1_000, text).statusCode(201);
        store.apply("one", 1_000, text).statusCode(201);

        staff("admin")
                .body(Map.of("maxUses", 1))
                .patch(Store.CODES + "/" + id)
                .then()
                .statusCode(422);
        staff("admin")
                .body(Map.of("maxUsesPerCustomer", 1))
                .patch(Store.CODES + "/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].code", equalTo("already_used"));
        staff("admin")
                .body(Map.of("maxUses", 2))
                .patch(Store.CODES + "/" + id)
                .then()
                .statusCode(200);
    }

    @Test
    void another_merchants_redemption_is_not_there() {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of());
        String redemption = store.apply("one", 1_000, text).extract().path("id");

        Store.open().server().get(REDEMPTIONS + redemption).then().statusCode(404);
        confirm(Store.open(), redemption, "o").statusCode(404);
        store.server().get(REDEMPTIONS + redemption).then().statusCode(200).body("state", equalTo("reserved"));
    }

    @Test
    void statistics_count_what_was_confirmed() {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of("maxUsesPerCustomer", 5));
        confirm(store, store.apply("one", 1_000, text).extract().path("id"), "o-" + unique())
                .statusCode(200);
        store.apply("two", 1_000, text).statusCode(201);

        staff("admin")
                .get(Store.CODES + "/statistics?programId=" + store.program)
                .then()
                .statusCode(200)
                .body("codes", equalTo(1), "activeCodes", equalTo(1), "uses", equalTo(2))
                .body("confirmedRedemptions", equalTo(1), "discountGiven.amount", equalTo(200))
                .body("revenue.amount", equalTo(800));
        staff("admin")
                .get(Store.CODES + "/performance?programId=" + store.program)
                .then()
                .statusCode(200)
                .body("data[0].code", equalTo(text), "data[0].redemptions", equalTo(1));
        staff("support")
                .get(Store.CODES + "/" + id + "/redemptions")
                .then()
                .statusCode(200)
                .body("data.state", equalTo(List.of("reserved", "confirmed")));
    }

    private io.restassured.response.ValidatableResponse confirm(Store store, String redemption, String order) {
        return store.server()
                .body(Map.of("externalId", order))
                .post(REDEMPTIONS + redemption + "/confirm")
                .then();
    }

    /** Makes its time be over. */
    private void over(String redemption) {
        pool.preparedQuery("UPDATE redemption SET expires_at = now() - interval '1 second' WHERE id = $1")
                .execute(Tuple.of(TypeId.REDEMPTION.parse(redemption).orElseThrow()))
                .await()
                .atMost(ANSWER);
    }

    private int release(String redemption) {
        UUID id = TypeId.REDEMPTION.parse(redemption).orElseThrow();
        return transactions
                .run(tx -> redemptions.release(tx, List.of(id), Redemption.Release.EXPIRED, true))
                .await()
                .atMost(ANSWER);
    }

    private void expire(String redemption) {
        over(redemption);
        assertThat(release(redemption)).isEqualTo(1);
    }

    private long events(String redemption) {
        return pool.preparedQuery("SELECT count(*) FROM outbox_event WHERE aggregate_id = $1 AND type = $2")
                .execute(Tuple.of(TypeId.REDEMPTION.parse(redemption).orElseThrow(), RedemptionConfirmed.TYPE))
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getLong(0);
    }

    private long count(String sql, String code) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(TypeId.DISCOUNT_CODE.parse(code).orElseThrow()))
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getLong(0);
    }

    /** Who is told 503, because so many wait, asks again with the same key; 409 while the first attempt is not over yet. */
    private static int persistent(Store store, String customer, String code) {
        String key = unique();
        Map<String, Object> body = Map.of("codes", List.of(code), "customerExternalId", customer, "amount", eur(1_000));
        int status = 503;
        for (int i = 0; i < 60 && (status == 503 || status == 409); i++)
            status = store.server()
                    .header("Idempotency-Key", key)
                    .body(body)
                    .post(Store.APPLY)
                    .statusCode();
        return status;
    }

    private interface Work {
        int at(int n);
    }

    private static List<Integer> atOnce(int times, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int n = i;
                running.add(threads.submit(() -> work.at(n)));
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> one : running) answers.add(one.get());
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
