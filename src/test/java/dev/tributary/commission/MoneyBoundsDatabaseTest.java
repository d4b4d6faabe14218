package dev.tributary.commission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.access.ApiKeys;
import dev.tributary.access.KeyOwner;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts and moments at the edges, from the merchant's door to the books. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class MoneyBoundsDatabaseTest {
    /** The largest amount that a door takes. */
    private static final long MOST = 1_000_000_000_000L;

    @Inject
    Pool pool;

    @Inject
    Conversions conversions;

    @Inject
    Transactions transactions;

    @Inject
    Booker booker;

    @Inject
    ApiKeys keys;

    private Merchant merchant;
    private String key;
    private String code;
    private String currency = "EUR";
    private int told;

    @BeforeEach
    void a_shop() {
        merchant = new Merchant(pool, conversions, transactions, booker);
        Promoter ada = merchant.promoter;
        code = new Shop(pool, ada).code();
        key = transactions
                .run(tx -> keys.issue(tx, KeyOwner.PROGRAM, ada.id(), "shop", Set.of("track:write")))
                .await()
                .atMost(Duration.ofSeconds(10))
                .secret();
    }

    /** Ties go to the even neighbour, in whole yen as in thousandths of a dinar. */
    @ParameterizedTest
    @CsvSource({
        "JPY, 5, 0",
        "JPY, 15, 2",
        "JPY, 25, 2",
        "JPY, 35, 4",
        "JPY, 16, 2",
        "JPY, 14, 1",
        "BHD, 5, 0",
        "BHD, 1235, 124",
        "BHD, 1245, 124",
        "USD, 1005, 100",
        "USD, 1015, 102"
    })
    void a_tenth_is_rounded_to_the_even_minor_unit(String money, long amount, long commission) {
        program(money, 1_000, "UTC");
        sell(amount, null).statusCode(201);
        merchant.book();
        assertThat(merchant.commissions()).containsExactly("base_rate pending " + commission);
        assertThat(merchant.balance()).isEqualTo(commission == 0 ? "none" : commission + " 0");
    }

    @Test
    void the_largest_amounts_are_exact_and_what_is_more_is_refused() {
        program("USD", 10_000, "UTC");
        for (int i = 0; i < 3; i++) sell(MOST, null).statusCode(201);
        merchant.book();
        assertThat(merchant.balance()).isEqualTo(3 * MOST + " 0");
        sell(MOST + 1, null).statusCode(422);
        sell(0, null).statusCode(422);
        sell(Long.MAX_VALUE, null).statusCode(422);
        merchant.book();
        assertThat(merchant.balance()).isEqualTo(3 * MOST + " 0");
    }

    @Test
    void a_refund_of_one_unit_of_the_largest_sale_and_of_all_but_one_are_exact() {
        program("USD", 3_333, "UTC");
        sell(MOST, null).statusCode(201);
        merchant.book();
        assertThat(merchant.balance()).isEqualTo("333300000000 0");
        // 333,299,999,999.6667 and then 0.3333
        refund(1);
        assertThat(merchant.balance()).isEqualTo("333300000000 0");
        refund(3);
        assertThat(merchant.balance()).isEqualTo("333299999999 0");
        refund(MOST - 5);
        assertThat(merchant.balance()).isEqualTo("0 0");
        refund(1);
        assertThat(merchant.commissions()).containsExactly("base_rate reversed 0");
    }

    @Test
    void partial_refunds_leave_the_even_neighbour_at_every_tie() {
        program("EUR", 5, "UTC");
        sell(10_000, null).statusCode(201);
        merchant.book();
        List<String> left = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            refund(1_000);
            left.add(merchant.balance());
        }
        assertThat(left).containsExactly("4 0", "4 0", "4 0", "3 0", "2 0", "2 0", "2 0", "1 0", "0 0", "0 0");
    }

    /** New York: 1 March 2025 begins at 05:00 UTC, 1 April at 04:00; 2 November has 25 hours, from 04:00 to 05:00. */
    @ParameterizedTest
    @CsvSource({
        "month, 2025-03-01T04:59:59Z, 2025-03-01T05:00:00Z, 2025-04-01T03:59:59Z, 2025-04-01T04:00:00Z",
        "month, 2025-11-01T03:59:59Z, 2025-11-01T04:00:00Z, 2025-12-01T04:59:59Z, 2025-12-01T05:00:00Z",
        "day, 2025-11-02T03:59:59Z, 2025-11-02T04:00:00Z, 2025-11-03T04:59:59Z, 2025-11-03T05:00:00Z",
        "day, 2025-03-09T04:59:59Z, 2025-03-09T05:00:00Z, 2025-03-10T03:59:59Z, 2025-03-10T04:00:00Z"
    })
    void a_cap_begins_and_ends_where_the_day_of_the_program_does(
            String period, String before, String first, String last, String after) {
        program("EUR", 0, "America/New_York");
        merchant.rule("percentage", "{\"bps\": 1000}", period, 100L);
        for (String at : List.of(before, first, last, after)) {
            sell(1_000, at).statusCode(201);
            merchant.book();
        }
        assertThat(merchant.commissions())
                .containsExactly(
                        "percentage pending 100",
                        "percentage pending 100",
                        "percentage pending 0",
                        "percentage pending 100");
    }

    private void program(String money, int bps, String zone) {
        currency = money;
        merchant.query(
                "UPDATE program SET currency = $2, base_rate_bps = $3, time_zone = $4 WHERE id = $1",
                merchant.promoter.id(),
                money,
                bps,
                zone);
    }

    private ValidatableResponse sell(long amount, String at) {
        JsonObject sale = new JsonObject()
                .put("externalId", "order-" + ++told)
                .put("promoCode", code)
                .put("amount", money(amount));
        return tell("sale", at == null ? sale : sale.put("occurredAt", at));
    }

    /** Of the only order. */
    private void refund(long amount) {
        tell(
                        "refund",
                        new JsonObject()
                                .put("externalId", "back-" + ++told)
                                .put("saleExternalId", "order-1")
                                .put("amount", money(amount)))
                .statusCode(201);
        merchant.book();
    }

    private JsonObject money(long amount) {
        return new JsonObject().put("amount", amount).put("currency", currency);
    }

    private ValidatableResponse tell(String what, JsonObject body) {
        return given().header("Authorization", "Bearer " + key)
                .contentType("application/json")
                .body(body.encode())
                .post("/api/track/" + what)
                .then();
    }
}
