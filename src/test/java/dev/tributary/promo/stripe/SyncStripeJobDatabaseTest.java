package dev.tributary.promo.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.stripe.StripeCalls;
import dev.tributary.stripe.StripeStub;
import dev.tributary.stripe.StubCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comparison with Stripe and the repair, as the command line runs them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class SyncStripeJobDatabaseTest {
    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    CommandLineApplication application;

    private StripeStub stub;
    private Shelf shelf;

    @BeforeEach
    void a_stripe_of_its_own() {
        stub = new StripeStub();
        QuarkusMock.installMockForType(StubCalls.of(vertx, stub), StripeCalls.class);
        shelf = new Shelf(pool);
        // Codes of other tests would be brought to this Stripe too.
        shelf.query("UPDATE discount_code SET status = 'archived' WHERE value > 0");
        shelf.query("DELETE FROM stripe_coupon");
    }

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void codes_from_before_there_was_a_key_are_told_and_then_brought() {
        UUID code = shelf.code("OLD", "value = 1000");

        Typed rehearsed = job("--dry-run");
        assertThat(rehearsed.toString()).contains(id(code) + " has never been brought to Stripe", "1: has never been");
        assertThat(stub.promotionCodes()).isEmpty();

        assertThat(job().toString()).contains("1 codes were brought to Stripe");
        assertThat(shelf.state(code)).isEqualTo("synced null");
        assertThat(stub.promotionCodes()).hasSize(1);
        assertThat(job().toString()).contains("Stripe and the codes agree", "0 codes were brought");
    }

    @Test
    void a_promotion_code_that_was_switched_off_by_hand_is_switched_on_again() {
        UUID code = shelf.code("SWITCH", "value = 1000");
        job();
        stub.byHand(HttpMethod.POST, "/v1/promotion_codes/promo_1", "active=false");

        assertThat(job("--dry-run").toString()).contains(id(code) + " (promo_1) was switched on or off at Stripe");
        assertThat(active()).isEqualTo("promo_1 false");
        job();

        assertThat(active()).isEqualTo("promo_1 true");
    }

    @Test
    void what_was_lost_at_stripe_is_made_anew() {
        UUID code = shelf.code("LOST", "value = 1000");
        job();
        stub.forgetPromotionCode("promo_1");

        assertThat(job().toString()).contains("has lost its promotion code");
        assertThat(stub.promotionCodes()).hasSize(1);

        JsonObject promotion = stub.promotionCodes().get(0);
        stub.byHand(HttpMethod.POST, "/v1/promotion_codes/" + promotion.getString("id"), "active=false");
        stub.byHand(
                HttpMethod.DELETE,
                "/v1/coupons/" + promotion.getJsonObject("promotion").getString("coupon"),
                "");
        assertThat(job().toString()).contains("has lost its coupon");
        assertThat(shelf.state(code)).isEqualTo("synced null");
        assertThat(stub.promotionCodes())
                .filteredOn(one -> one.getBoolean("active"))
                .hasSize(1);
    }

    @Test
    void what_is_too_many_at_stripe_is_taken_away_and_what_is_not_ours_is_left() {
        UUID code = shelf.code("EXTRA", "value = 1000");
        job();
        stub.byHand(HttpMethod.POST, "/v1/coupons", "id=theirs&percent_off=5");
        stub.byHand(
                HttpMethod.POST, "/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=theirs&code=THEIRS");
        stub.byHand(HttpMethod.POST, "/v1/coupons", "id=stray&percent_off=5&metadata[tributary_code]=" + id(code));
        stub.byHand(
                HttpMethod.POST,
                "/v1/promotion_codes",
                "promotion[type]=coupon&promotion[coupon]=stray&code=STRAY&metadata[tributary_code]=" + id(code));

        Typed told = job();

        assertThat(told.toString())
                .contains(
                        "(promo_3) is active at Stripe and stands for no code",
                        "(stray) is a coupon that nothing needs");
        assertThat(stub.promotionCodes())
                .extracting(one -> one.getString("id") + " " + one.getBoolean("active"))
                .contains("promo_2 true", "promo_3 false");
        assertThat(stub.couponCount()).isEqualTo(2);
    }

    @Test
    void a_change_that_nobody_told_of_is_found() {
        UUID code = shelf.code("QUIET", "value = 1000");
        job();
        shelf.change(code, "status = 'paused'");

        assertThat(job().toString()).contains(id(code) + " is not at Stripe as it should be");
        assertThat(active()).isEqualTo("promo_1 false");
    }

    @Test
    void many_codes_are_compared_page_by_page() {
        for (int i = 0; i < 120; i++) shelf.code("PAGE", "value = 1000");

        assertThat(job().toString()).contains("120 codes were brought to Stripe");
        assertThat(stub.promotionCodes()).hasSize(120);
        assertThat(job("--dry-run").toString()).contains("Stripe and the codes agree");
    }

    @Test
    void a_stripe_that_does_not_answer_fails_the_run() {
        QuarkusMock.installMockForType(StubCalls.at(vertx, "sk_test_other", stub.address()), StripeCalls.class);

        Typed typed = job();

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.toString()).contains("Stripe's list could not be read: Invalid API Key");
    }

    @Test
    void without_a_key_nothing_is_to_do() {
        QuarkusMock.installMockForType(StubCalls.local(vertx), StripeCalls.class);

        assertThat(job().toString()).contains("There is no key of Stripe's");
    }

    private Typed job(String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "job";
        words[1] = "sync-stripe";
        System.arraycopy(options, 0, words, 2, options.length);
        return Typed.run(application, words);
    }

    private String active() {
        JsonObject only = stub.promotionCodes().get(0);
        return only.getString("id") + " " + only.getBoolean("active");
    }

    private static String id(UUID code) {
        return TypeId.DISCOUNT_CODE.format(code);
    }
}
