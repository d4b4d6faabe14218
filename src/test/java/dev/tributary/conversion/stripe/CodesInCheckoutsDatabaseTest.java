package dev.tributary.conversion.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.conversion.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.promo.Store;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeEventHandler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe's objects that carry a redemption of discount codes. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CodesInCheckoutsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    CheckoutCompleted completed;

    @Inject
    CheckoutFailed failed;

    @Inject
    InvoicePaid invoices;

    private final String mark = UUID.randomUUID().toString().substring(24);
    private Promoter ada;
    private Shop shop;
    private Store store;
    private String redemption;

    @BeforeEach
    void a_reservation_of_an_affiliates_code() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        store = Store.of(ada.programId());
        String text = Store.unique();
        store.code(text, Map.of("affiliateId", TypeId.AFFILIATE.format(ada.id())));
        redemption =
                store.apply("cust-1", 1_000, text).statusCode(201).extract().path("id");
    }

    @Test
    void a_paid_checkout_confirms_with_the_sales_id_and_credits_the_code() {
        JsonObject session = session("payment", "paid", 800);
        told(completed, "checkout.session.completed", session);
        told(completed, "checkout.session.completed", session);

        assertThat(redeemed()).isEqualTo("confirmed pi_" + mark + " 800");
        assertThat(shop.query("SELECT FROM conversion WHERE program_id = $1 AND affiliate_id = $1", ada.id()))
                .hasSize(1);
    }

    @Test
    void a_subscriptions_first_invoice_confirms_and_the_next_changes_nothing() {
        told(completed, "checkout.session.completed", session("subscription", "paid", 800));
        told(invoices, "invoice.paid", invoice("in1", "subscription_create"));
        told(invoices, "invoice.paid", invoice("in2", "subscription_cycle"));

        assertThat(redeemed()).isEqualTo("confirmed in1_" + mark + " 800");
        assertThat(shop.query("SELECT FROM conversion WHERE program_id = $1 AND affiliate_id = $1", ada.id()))
                .hasSize(2);
    }

    @Test
    void a_trial_uses_its_code_when_it_begins() {
        told(completed, "checkout.session.completed", session("subscription", "no_payment_required", 0));

        assertThat(redeemed()).isEqualTo("confirmed cs_" + mark + " 0");
    }

    @Test
    void a_checkout_that_expires_or_fails_gives_its_codes_back() {
        StripeEffect effect = told(failed, "checkout.session.expired", session("payment", "unpaid", 800));

        assertThat(effect.state()).isEqualTo(StripeEffect.State.DONE);
        assertThat(redeemed()).startsWith("released");
        assertThat(told(failed, "checkout.session.async_payment_failed", session("payment", "unpaid", 800))
                        .state())
                .isEqualTo(StripeEffect.State.IGNORED);
    }

    @Test
    void a_redemption_of_another_program_is_left_alone_and_the_sale_is_booked() {
        JsonObject session = session("payment", "paid", 800);
        UUID other = ada.another();
        StripeEvent event = event("checkout.session.completed", session, other);
        transactions.run(tx -> completed.handle(tx, event)).await().atMost(ANSWER);

        assertThat(redeemed()).startsWith("reserved");
        assertThat(shop.query("SELECT FROM conversion WHERE program_id = $1", other))
                .hasSize(1);
    }

    private String redeemed() {
        return shop.query(
                        "SELECT concat_ws(' ', state, external_id, paid_minor) AS shown FROM redemption WHERE id = $1",
                        TypeId.REDEMPTION.parse(redemption).orElseThrow())
                .get(0)
                .getString("shown");
    }

    private JsonObject session(String mode, String paid, long amount) {
        return new JsonObject()
                .put("object", "checkout.session")
                .put("id", "cs_" + mark)
                .put("mode", mode)
                .put("payment_status", paid)
                .put("payment_intent", mode.equals("payment") ? "pi_" + mark : null)
                .put("customer", "cus_" + mark)
                .put("amount_total", amount)
                .put("currency", "eur")
                .put("metadata", new JsonObject().put("tributary_redemption", redemption));
    }

    private JsonObject invoice(String id, String reason) {
        JsonObject details = new JsonObject()
                .put("subscription", "sub_" + mark)
                .put("metadata", new JsonObject().put("tributary_redemption", redemption));
        return new JsonObject()
                .put("object", "invoice")
                .put("id", id + "_" + mark)
                .put("customer", "cus_" + mark)
                .put("amount_paid", 800)
                .put("currency", "eur")
                .put("billing_reason", reason)
                .put("parent", new JsonObject().put("subscription_details", details));
    }

    private StripeEffect told(StripeEventHandler handler, String type, JsonObject object) {
        StripeEvent event = event(type, object, ada.id());
        return transactions.run(tx -> handler.handle(tx, event)).await().atMost(ANSWER);
    }

    private static StripeEvent event(String type, JsonObject object, UUID owner) {
        Instant now = Instant.now();
        return new StripeEvent(owner, "evt_" + UUID.randomUUID(), type, true, now, object, new JsonObject(), now);
    }
}
