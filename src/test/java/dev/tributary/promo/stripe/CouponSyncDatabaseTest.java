package dev.tributary.promo.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import dev.tributary.stripe.StripeCalls;
import dev.tributary.stripe.StripeStub;
import dev.tributary.stripe.StubCalls;
import dev.tributary.stripe.StubFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes brought to a stub of Stripe, with every fault it knows. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CouponSyncDatabaseTest {
    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    Transactions transactions;

    @Inject
    CouponSync sync;

    @Inject
    StripeCouponRepository repository;

    @Inject
    PromotionCodes promotionCodes;

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
    void a_code_gets_a_coupon_and_a_promotion_code_with_its_limit_and_its_end() {
        UUID code = shelf.code("SPRING", "value = 1250, max_uses = 100, uses = 3, expires_at = '2099-01-01'");

        turn(code);

        JsonObject promotion = stub.promotionCodes().get(0);
        JsonObject coupon = stub.coupon(promotion.getJsonObject("promotion").getString("coupon"));
        assertThat(promotion.getString("code")).isEqualTo(shelf.text(code));
        assertThat(promotion.getBoolean("active")).isTrue();
        assertThat(promotion.getLong("max_redemptions")).isEqualTo(97);
        assertThat(promotion.getLong("expires_at")).isEqualTo(4_070_908_800L);
        assertThat(promotion.getJsonObject("metadata").getString(CouponParams.CODE))
                .isEqualTo(TypeId.DISCOUNT_CODE.format(code));
        assertThat(coupon.getDouble("percent_off")).isEqualTo(12.5);
        assertThat(coupon.getString("duration")).isEqualTo("once");
        assertThat(shelf.state(code)).isEqualTo("synced null");
        assertThat(promotionCode(code)).isEqualTo(promotion.getString("id"));
    }

    @Test
    void a_fixed_amount_for_some_months_keeps_currency_and_months() {
        UUID code = shelf.code(
                "FIXED",
                "discount_type = 'fixed_amount', value = 500, currency = 'JPY', duration = 'repeating', duration_months = 3");

        turn(code);

        JsonObject coupon = stub.coupon(
                stub.promotionCodes().get(0).getJsonObject("promotion").getString("coupon"));
        assertThat(coupon.getLong("amount_off")).isEqualTo(500);
        assertThat(coupon.getString("currency")).isEqualTo("jpy");
        assertThat(coupon.getLong("duration_in_months")).isEqualTo(3);
    }

    @Test
    void a_paused_code_is_paused_there_and_comes_back() {
        UUID code = shelf.code("REST", "value = 1000");
        turn(code);
        shelf.change(code, "status = 'paused'");
        assertThat(promotionCode(code)).isNull();

        turn(code);
        assertThat(stub.promotionCodes())
                .extracting(one -> one.getBoolean("active"))
                .containsExactly(false);

        shelf.change(code, "status = 'active'");
        turn(code);
        assertThat(stub.promotionCodes())
                .extracting(one -> one.getBoolean("active"))
                .containsExactly(true);
        assertThat(promotionCode(code)).isEqualTo("promo_1");
    }

    @Test
    void another_discount_makes_a_new_coupon_and_archiving_ends_it() {
        UUID code = shelf.code("MORE", "value = 1000");
        turn(code);
        shelf.change(code, "value = 2000");
        turn(code);

        assertThat(stub.promotionCodes())
                .extracting(one -> one.getBoolean("active"))
                .containsExactly(false, true);
        assertThat(stub.couponCount()).isEqualTo(2);
        assertThat(promotionCode(code)).isEqualTo("promo_2");

        shelf.change(code, "status = 'archived'");
        turn(code);
        assertThat(stub.promotionCodes()).noneMatch(one -> one.getBoolean("active"));
        assertThat(promotionCode(code)).isNull();
    }

    @Test
    void a_code_that_takes_nothing_off_never_leaves_the_house() {
        UUID code = shelf.code("NOTHING", "value = 0");

        turn(code);

        assertThat(stub.seen()).isEmpty();
        assertThat(shelf.state(code)).isEqualTo("local null");
    }

    @Test
    void what_stripe_cannot_have_says_why() {
        UUID code = shelf.code("ACCÈNT", "value = 1000");

        turn(code);

        assertThat(stub.seen()).isEmpty();
        assertThat(shelf.state(code)).startsWith("refused Stripe takes letters");
    }

    @ParameterizedTest
    @EnumSource(StubFault.class)
    void whatever_goes_wrong_with_either_call_there_is_one_coupon_and_one_promotion_code(StubFault fault) {
        UUID first = shelf.code("FAULT", "value = 1000");
        stub.fail(fault);
        turns(first);
        UUID second = shelf.code("FAULT", "value = 1000");
        stub.fail(null, fault);
        turns(second);

        assertThat(shelf.state(first)).isEqualTo("synced null");
        assertThat(shelf.state(second)).isEqualTo("synced null");
        assertThat(stub.couponCount()).isEqualTo(2);
        assertThat(stub.promotionCodes()).hasSize(2).allMatch(one -> one.getBoolean("active"));
    }

    @ParameterizedTest
    @EnumSource(
            value = StubFault.class,
            names = {"BROKEN_AFTER", "SILENT"})
    void a_doubt_that_outlives_the_keys_is_settled_by_looking(StubFault fault) {
        UUID code = shelf.code("LOST", "value = 1000");
        stub.fail(null, fault);
        turn(code);
        assertThat(shelf.state(code)).startsWith("waiting ");

        stub.pruneKeys();
        turns(code);

        assertThat(shelf.state(code)).isEqualTo("synced null");
        assertThat(stub.promotionCodes()).hasSize(1);
    }

    @Test
    void a_text_that_somebody_else_uses_at_stripe_is_told_and_taken_up_when_it_is_free() {
        UUID code = shelf.code("TWIN", "value = 1000");
        stub.byHand(HttpMethod.POST, "/v1/coupons", "id=theirs&percent_off=5");
        stub.byHand(
                HttpMethod.POST,
                "/v1/promotion_codes",
                "promotion[type]=coupon&promotion[coupon]=theirs&code=" + shelf.text(code));

        turn(code);
        assertThat(shelf.state(code))
                .isEqualTo("refused Another promotion code of the Stripe account has this text: promo_1");

        stub.byHand(HttpMethod.POST, "/v1/promotion_codes/promo_1", "active=false");
        turn(code);
        assertThat(shelf.state(code)).isEqualTo("synced null");
    }

    @Test
    void a_coupon_that_was_deleted_there_is_made_anew_when_the_code_comes_back() {
        UUID code = shelf.code("GONE", "value = 1000");
        turn(code);
        shelf.change(code, "status = 'paused'");
        turn(code);
        String coupon = stub.promotionCodes().get(0).getJsonObject("promotion").getString("coupon");
        stub.byHand(HttpMethod.DELETE, "/v1/coupons/" + coupon, "");

        shelf.change(code, "status = 'active'");
        turn(code);

        assertThat(shelf.state(code)).isEqualTo("synced null");
        assertThat(stub.promotionCodes())
                .extracting(one -> one.getBoolean("active"))
                .containsExactly(false, true);
    }

    @Test
    void a_refused_key_waits_for_a_person_and_says_so() {
        QuarkusMock.installMockForType(StubCalls.at(vertx, "sk_test_other", stub.address()), StripeCalls.class);
        UUID code = shelf.code("KEY", "value = 1000");

        turn(code);

        assertThat(shelf.state(code)).startsWith("waiting Stripe refuses our key");
    }

    @Test
    void what_is_asked_for_during_a_turn_is_not_lost_and_an_overtaken_turn_writes_nothing() {
        UUID code = shelf.code("RACE", "value = 1000");
        ask(code);
        Turn turn = claim().get(0);
        assertThat(claim()).isEmpty();

        ask(code);
        Wanted wanted = new Codes().wanted();
        run(transactions.run(tx -> repository.settle(tx, turn, Settlement.done(wanted, Known.NOTHING))));
        assertThat(shelf.state(code)).startsWith("waiting");

        Turn next = claim().get(0);
        assertThat(save(turn)).isFalse();
        assertThat(save(next)).isTrue();
    }

    @Test
    void four_that_work_at_once_make_each_code_once() {
        for (int i = 0; i < 20; i++) ask(shelf.code("MANY", "value = 1000"));

        Uni.join()
                .all(List.of(sync.run(), sync.run(), sync.run(), sync.run()))
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(60));

        assertThat(stub.couponCount()).isEqualTo(20);
        assertThat(stub.promotionCodes()).hasSize(20);
    }

    /** What Stripe was asked once, and again as often as a pause is over. */
    private void turns(UUID code) {
        turn(code);
        for (int i = 0; i < 3 && shelf.state(code).startsWith("waiting"); i++) {
            shelf.hurry(code);
            stub.endSilence();
            run(sync.run());
        }
    }

    private void turn(UUID code) {
        ask(code);
        run(sync.run());
    }

    private void ask(UUID code) {
        run(transactions.run(tx -> repository.ask(tx, List.of(code))));
    }

    private String promotionCode(UUID code) {
        return run(transactions.read(c -> promotionCodes.promotionCodeId(c, code)))
                .orElse(null);
    }

    private List<Turn> claim() {
        return run(transactions.run(tx -> repository.claim(tx, 1)));
    }

    private boolean save(Turn turn) {
        return run(transactions.run(tx -> repository.save(tx, turn, Known.NOTHING)));
    }

    private static <T> T run(Uni<T> work) {
        return work.await().atMost(Duration.ofMinutes(1));
    }
}
