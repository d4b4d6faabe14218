package dev.tributary.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.outbox.Event;
import dev.tributary.postgres.Transactions;
import dev.tributary.promo.RedemptionConfirmed;
import dev.tributary.promo.Store;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders whose buyers typed an affiliate's code: sales that need neither click nor cookie. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class RedeemedSalesDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @Inject
    RedeemedSales sales;

    @Inject
    Transactions transactions;

    private Promoter ada;
    private Shop shop;
    private Store store;
    private String text;
    private String order;

    @BeforeEach
    void an_affiliate_with_a_code() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        store = Store.of(ada.programId());
        text = Store.unique();
        order = "order-" + Store.unique();
    }

    @Test
    void a_confirmed_redemption_is_one_sale_of_the_codes_affiliate() {
        code(ada);
        String redemption = confirmed("cust-1", order);
        told(redemption);
        told(redemption);

        JsonObject sale = shop.conversion(order);
        assertThat(sale.getString("status")).isEqualTo("accepted");
        assertThat(sale.getLong("amount_minor")).isEqualTo(800);
        assertThat(sale.getString("promo_code")).isEqualTo(text);
        assertThat(sale.getValue("affiliate_id")).hasToString(ada.id().toString());
        assertThat(shop.conversions()).hasSize(1);
        assertThat(shop.referral("cust-1").getString("status")).isEqualTo("converted");
    }

    @Test
    void a_code_that_was_paused_since_still_credits_its_affiliate() {
        String id = code(ada);
        String redemption = confirmed("cust-1", order);
        Store.staff("admin")
                .body(Map.of("status", "paused"))
                .patch(Store.CODES + "/" + id)
                .then()
                .statusCode(200);
        told(redemption);

        assertThat(shop.conversion(order).getValue("affiliate_id"))
                .hasToString(ada.id().toString());
    }

    @Test
    void a_code_that_is_nobodys_books_nothing() {
        store.code(text, Map.of());
        told(confirmed("cust-1", order));

        assertThat(shop.conversions()).isEmpty();
    }

    @Test
    void own_use_leaves_a_signal() {
        code(ada);
        String own = ada.id() + "@mail.example";
        store.apply(own, 1_000, text).statusCode(201);

        assertThat(shop.query("SELECT kind FROM code_signal WHERE affiliate_id = $1 AND kind = 'own_use'", ada.id()))
                .hasSize(1);
    }

    @Test
    void an_affiliate_sees_its_own_codes_and_which_perform_best() {
        code(ada);
        confirmed("cust-1", order);

        ada.asks()
                .get("/api/affiliate/discount-codes")
                .then()
                .statusCode(200)
                .body("data.code", org.hamcrest.Matchers.equalTo(java.util.List.of(text)))
                .body("data[0].uses", org.hamcrest.Matchers.equalTo(1));
        ada.asks()
                .get("/api/affiliate/discount-codes/performance")
                .then()
                .statusCode(200)
                .body("data[0].code", org.hamcrest.Matchers.equalTo(text))
                .body("data[0].revenue.amount", org.hamcrest.Matchers.equalTo(800));
        Promoter.in(pool, "UTC")
                .asks()
                .get("/api/affiliate/discount-codes")
                .then()
                .body("data", org.hamcrest.Matchers.empty());
    }

    private String code(Promoter owner) {
        return store.code(text, Map.of("affiliateId", TypeId.AFFILIATE.format(owner.id())));
    }

    /** The id of a redemption of the code that was confirmed for the order. */
    private String confirmed(String customer, String externalId) {
        String redemption =
                store.apply(customer, 1_000, text).statusCode(201).extract().path("id");
        store.server()
                .body(Map.of("externalId", externalId))
                .post(Store.REDEMPTIONS + redemption + "/confirm")
                .then()
                .statusCode(200);
        return redemption;
    }

    /** Hands the event over, as the relay does too. */
    private void told(String redemption) {
        UUID id = TypeId.REDEMPTION.parse(redemption).orElseThrow();
        JsonObject row = shop.query("SELECT id, payload FROM outbox_event WHERE aggregate_id = $1", id)
                .get(0);
        Event event = new Event(UUID.randomUUID(), RedemptionConfirmed.TYPE, id, row.getJsonObject("payload"));
        transactions.run(tx -> sales.handle(tx, event)).await().atMost(ANSWER);
    }
}
