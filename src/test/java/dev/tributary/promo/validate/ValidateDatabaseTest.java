package dev.tributary.promo.validate;

import static dev.tributary.promo.Store.staff;
import static dev.tributary.promo.Store.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.promo.Store;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a checkout page, and whoever guesses codes, is told. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ValidateDatabaseTest {
    @Inject
    CodeFreshness freshness;

    @Inject
    Suspicions suspicions;

    @Inject
    Pool pool;

    private final Stranger stranger = new Stranger();

    @Test
    void a_good_code_is_told_with_what_it_takes_off() {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of("duration", "repeating", "durationMonths", 3));

        Stranger.Answer answer = stranger.ask("?code=%20" + text.toLowerCase() + "&amount=1999&currency=EUR", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().toLowerCase())
                .contains(
                        "content-type: application/json", "cache-control: no-store", "access-control-allow-origin: *");
        JsonObject told = answer.json();
        assertThat(told.getBoolean("usable")).isTrue();
        assertThat(told.getString("code")).isEqualTo(text);
        assertThat(told.getString("discountType")).isEqualTo("percentage");
        assertThat(told.getInteger("discountValue")).isEqualTo(2_000);
        assertThat(told.getString("duration")).isEqualTo("repeating");
        assertThat(told.getInteger("durationMonths")).isEqualTo(3);
        assertThat(told.getJsonObject("discount").getInteger("amount")).isEqualTo(400);
        assertThat(told.getJsonObject("total").getInteger("amount")).isEqualTo(1_599);
        assertThat(told.getBoolean("stale")).isFalse();
    }

    @Test
    void a_code_of_a_program_that_was_never_heard_of_is_good_at_once() {
        for (int i = 0; i < 20; i++) {
            Store store = Store.open();
            String text = unique();
            store.code(text, Map.of());
            assertThat(stranger.validate(text).json().getBoolean("usable")).isTrue();
        }
    }

    @Test
    void without_an_amount_and_for_products_there_is_no_sum() {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of("products", List.of("BO\"OK")));

        JsonObject told =
                stranger.ask("?code=" + text + "&amount=1000&currency=EUR", "").json();

        assertThat(told.getValue("discount")).isNull();
        assertThat(told.getJsonArray("products")).isEqualTo(new JsonArray(List.of("BO\"OK")));
    }

    /** Whatever is wrong with it, the answer is the same to the letter. */
    @Test
    void unknown_paused_archived_expired_used_up_and_early_codes_look_the_same() {
        Store store = Store.open();
        String paused = unique();
        String archived = unique();
        String usedUp = unique();
        String early = unique();
        change(store.code(paused, Map.of()), Map.of("status", "paused"));
        change(store.code(archived, Map.of()), Map.of("status", "archived"));
        store.code(usedUp, Map.of("maxUses", 1));
        store.apply("cust", 1_000, usedUp).statusCode(201);
        store.code(early, Map.of("startsAt", "2098-01-01T00:00:00Z"));
        String otherPlan = unique();
        store.code(otherPlan, Map.of());

        for (String code : List.of("NOSUCH" + unique(), paused, archived, usedUp, early)) {
            Stranger.Answer answer = new Stranger().validate(code);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).as(code).isEqualTo("{\"usable\":false,\"stale\":false}");
        }
        assertThat(new Stranger()
                        .ask("?code=" + otherPlan + "&amount=5&currency=USD", "")
                        .body())
                .isEqualTo("{\"usable\":false,\"stale\":false}");
    }

    @Test
    void a_code_is_good_at_once_when_it_is_made_and_when_it_is_brought_back() {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of());
        assertThat(stranger.validate(text).json().getBoolean("usable")).isTrue();
        change(id, Map.of("status", "paused"));
        refreshed();
        assertThat(stranger.validate(text).json().getBoolean("usable")).isFalse();
        change(id, Map.of("status", "active"));
        assertThat(stranger.validate(text).json().getBoolean("usable")).isTrue();
    }

    @Test
    void plans_compare_by_the_programs_order_where_one_is_told() {
        Store store = Store.open();
        for (String slug : List.of("basic", "pro"))
            staff("admin")
                    .body(Map.of("slug", slug))
                    .post("/api/admin/programs/" + store.program + "/plans")
                    .then()
                    .statusCode(201);
        String text = unique();
        store.code(text, Map.of("minimumPlan", "pro"));
        refreshed();

        assertThat(stranger.ask("?code=" + text + "&plan=pro", "").json().getBoolean("usable"))
                .isTrue();
        assertThat(stranger.ask("?code=" + text, "").json().getString("minimumPlan"))
                .isEqualTo("pro");
        assertThat(stranger.ask("?code=" + text + "&plan=basic", "").json().getBoolean("usable"))
                .isFalse();
    }

    @Test
    void a_customer_who_has_used_it_is_told_so() {
        Store store = Store.open();
        String text = unique();
        store.code(text, Map.of());
        store.apply("cust-1", 1_000, text).statusCode(201);

        assertThat(stranger.ask("?code=" + text + "&customer=cust-1", "").json().getBoolean("usable"))
                .isFalse();
        assertThat(stranger.ask("?code=" + text + "&customer=cust-2", "").json().getBoolean("usable"))
                .isTrue();
    }

    @Test
    void after_five_failures_an_address_is_turned_away_with_good_codes_too() {
        Store store = Store.open();
        String good = unique();
        store.code(good, Map.of());
        for (int i = 0; i < 5; i++) {
            Stranger.Answer answer = stranger.validate("GUESS" + unique());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.head().toLowerCase()).contains("ratelimit: \"code-failures\";r=" + (4 - i));
        }

        for (String code : List.of("GUESS" + unique(), good)) {
            Stranger.Answer answer = stranger.validate(code);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.head().toLowerCase()).contains("retry-after:", "application/problem+json");
            assertThat(answer.json().getString("code")).isEqualTo("rate_limited");
        }
        assertThat(new Stranger().validate(good).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400",
        "'?code=', 400",
        "'?code=A%00B', 400",
        "'?code=A&code=B', 400",
        "'?code=A&surprise=1', 400",
        "'?code=%E0%A4', 200",
        "'?code=AB&amount=100', 400",
        "'?code=AB&amount=0&currency=EUR', 422",
        "'?code=AB&amount=-1&currency=EUR', 422",
        "'?code=AB&amount=1.5&currency=EUR', 422",
        "'?code=AB&amount=99999999999999999999&currency=EUR', 422",
        "'?code=AB&amount=100&currency=eur', 422",
        "'?code=AB&amount=100&currency=XYZ', 422"
    })
    void what_cannot_be_asked_is_refused_whatever_the_code(String query, int status) {
        Stranger.Answer answer = stranger.ask(query, "");
        assertThat(answer.status()).isEqualTo(status);
        if (status >= 400) assertThat(answer.head()).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD"})
    void other_methods_are_not_allowed(String method) {
        assertThat(stranger.send(method, "/api/discount-codes/validate?code=AB", "")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void over_long_codes_are_refused() {
        assertThat(stranger.validate("A".repeat(201)).status()).isEqualTo(400);
    }

    @Test
    void coupon_sites_and_many_failures_leave_signals() {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of());
        stranger.ask("?code=" + text, "Referer: https://www.retailmenot.com/view/shop\r\n");
        stranger.validate("GUESS" + unique());
        suspicions.flush().await().atMost(Duration.ofSeconds(10));

        long sites = count(
                "SELECT sum(count)::bigint FROM code_signal WHERE kind = 'coupon_site' AND detail = 'retailmenot.com'"
                        + " AND code_id = (SELECT id FROM discount_code WHERE code = '" + text + "')");
        assertThat(sites).as(id).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM code_signal WHERE kind = 'failed_validations'"))
                .isPositive();
    }

    private long count(String sql) {
        return pool.query(sql)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getLong(0);
    }

    /** Memory is brought up to date, as the next notification or poll would do. */
    private void refreshed() {
        freshness.readNow().await().atMost(Duration.ofSeconds(10));
    }

    private static void change(String id, Map<String, ?> fields) {
        staff("admin").body(fields).patch(Store.CODES + "/" + id).then().statusCode(200);
    }
}
