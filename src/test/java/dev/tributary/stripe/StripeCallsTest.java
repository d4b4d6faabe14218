package dev.tributary.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.model.Coupon;
import com.stripe.param.CouponCreateParams;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls over HTTP, with every fault that the stub knows. */
class StripeCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final StripeStub stub = new StripeStub();
    private final StripeCalls calls = StubCalls.of(vertx, stub);

    @AfterEach
    void close() {
        stub.close();
        vertx.close();
    }

    @Test
    void the_same_key_has_its_effect_once() {
        assertThat(create("one", 20)).isInstanceOf(StripeAnswer.Done.class);
        StripeAnswer<Coupon> again = create("one", 20);

        assertThat(((StripeAnswer.Done<Coupon>) again).replayed()).isTrue();
        assertThat(stub.couponCount()).isEqualTo(1);
    }

    @Test
    void a_key_with_another_content_is_refused() {
        create("one", 20);

        assertThat(create("one", 30))
                .isInstanceOfSatisfying(StripeAnswer.Refused.class, refused -> assertThat(refused.type())
                        .isEqualTo("idempotency_error"));
        assertThat(stub.couponCount()).isEqualTo(1);
    }

    @Test
    void a_connection_that_ends_before_or_after_it_happened_costs_nothing_and_doubles_nothing() {
        // The JDK repeats a request itself once, under the same key.
        stub.fail(StubFault.DROPPED_BEFORE, StubFault.DROPPED_BEFORE, StubFault.DROPPED_AFTER);

        assertThat(create("one", 20)).isInstanceOf(StripeAnswer.Done.class);
        assertThat(stub.couponCount()).isEqualTo(1);
    }

    @Test
    void an_answer_that_is_cut_is_asked_for_again() {
        stub.fail(StubFault.GARBLED);

        assertThat(((StripeAnswer.Done<Coupon>) create("one", 20)).replayed()).isTrue();
        assertThat(stub.couponCount()).isEqualTo(1);
    }

    @Test
    void too_many_requests_and_a_machine_that_is_away_are_waited_for() {
        stub.fail(StubFault.LIMITED, StubFault.UNAVAILABLE);

        assertThat(create("one", 20)).isInstanceOf(StripeAnswer.Done.class);
        assertThat(stub.seen()).hasSize(3);
    }

    @Test
    void a_failure_that_the_key_remembers_is_unknown_and_the_key_is_spent() {
        stub.fail(StubFault.BROKEN_AFTER);
        assertThat(create("one", 20))
                .isInstanceOfSatisfying(StripeAnswer.Unknown.class, unknown -> assertThat(unknown.spent())
                        .isTrue());
        assertThat(stub.couponCount()).isEqualTo(1);

        stub.fail(StubFault.BROKEN_BEFORE);
        assertThat(create("two", 20)).isInstanceOf(StripeAnswer.Unknown.class);
        assertThat(stub.couponCount()).isEqualTo(1);
    }

    @Test
    void silence_is_unknown_while_the_key_is_in_use() {
        stub.fail(StubFault.SILENT);

        assertThat(create("one", 20))
                .isInstanceOfSatisfying(StripeAnswer.Unknown.class, unknown -> assertThat(unknown.spent())
                        .isFalse());
        assertThat(stub.couponCount()).isEqualTo(1);
    }

    @Test
    void patience_ends_a_call_whose_attempt_hangs() {
        stub.fail(StubFault.SILENT);
        StripeCall<Coupon> hasty = StripeCall.once("coupon.create", "one", Duration.ofMillis(500), body(20));

        assertThat(await(calls, hasty)).isInstanceOf(StripeAnswer.Unknown.class);
    }

    @Test
    void a_key_that_was_pruned_is_a_new_one() {
        create("one", 20);
        stub.pruneKeys();
        create("one", 20);

        assertThat(stub.couponCount()).isEqualTo(2);
    }

    @Test
    void a_wrong_api_key_is_told_as_that() {
        StripeCalls stranger = StubCalls.at(vertx, "sk_test_other", stub.address());

        assertThat(await(stranger, StripeCall.once("coupon.create", "one", PATIENCE, body(20))))
                .isInstanceOfSatisfying(StripeAnswer.Refused.class, refused -> {
                    assertThat(refused.denied()).isTrue();
                    assertThat(refused.told()).isEqualTo("Invalid API Key provided: sk_test_...");
                });
    }

    @Test
    void what_waits_for_a_thread_longer_than_anybody_waits_for_it_is_not_sent() throws Exception {
        Vertx own = Vertx.vertx();
        StripeCalls narrow = StubCalls.with(
                own, new StubCalls.Settings(Optional.of(StripeStub.KEY), stub.address(), Duration.ofSeconds(1), 1));
        CountDownLatch end = new CountDownLatch(1);
        var held = narrow.send(StripeCall.repeatable("wait", PATIENCE, (client, options) -> held(end)))
                .subscribeAsCompletionStage();

        StripeCall<Coupon> late = StripeCall.once("coupon.create", "late", Duration.ofMillis(100), body(20));
        assertThat(await(narrow, late)).isInstanceOf(StripeAnswer.Unknown.class);
        end.countDown();
        held.get();
        assertThat(await(narrow, StripeCall.repeatable("after", PATIENCE, (client, options) -> "after"))
                        .value())
                .contains("after");

        assertThat(stub.seen()).isEmpty();
        own.close();
    }

    @Test
    void what_was_never_sent_had_no_effect() {
        StripeCalls nowhere = StubCalls.at(vertx, StripeStub.KEY, "http://127.0.0.1:1");
        StripeCall<Coupon> call = StripeCall.once("coupon.create", "one", Duration.ofSeconds(2), body(20));

        assertThat(await(nowhere, call)).isInstanceOf(StripeAnswer.NotNow.class);
    }

    @Test
    void without_an_api_key_nothing_is_sent() {
        StripeCalls local = StubCalls.with(
                vertx, new StubCalls.Settings(Optional.empty(), stub.address(), Duration.ofSeconds(1), 1));

        assertThat(await(local, StripeCall.once("coupon.create", "one", PATIENCE, body(20))))
                .isInstanceOf(StripeAnswer.NotNow.class);
        assertThat(stub.seen()).isEmpty();
    }

    @Test
    void an_api_key_is_never_sent_over_a_plain_connection_to_elsewhere() {
        assertThatThrownBy(() -> StubCalls.at(vertx, StripeStub.KEY, "http://stripe.example"))
                .hasMessageContaining("https");
    }

    @Test
    void more_calls_than_have_a_place_are_told_to_come_later() throws Exception {
        StripeCalls narrow = StubCalls.with(
                vertx, new StubCalls.Settings(Optional.of(StripeStub.KEY), stub.address(), Duration.ofSeconds(1), 1));
        CountDownLatch end = new CountDownLatch(1);
        List<CompletableFuture<StripeAnswer<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 9; i++)
            waiting.add(narrow.send(StripeCall.repeatable("wait", PATIENCE, (client, options) -> held(end)))
                    .subscribeAsCompletionStage());

        StripeCall<String> late = StripeCall.repeatable("late", Duration.ofMillis(200), (client, options) -> "late");
        assertThat(await(narrow, late)).isInstanceOf(StripeAnswer.NotNow.class);

        end.countDown();
        for (var done : waiting) assertThat(done.get().value()).contains("held");
        assertThat(await(narrow, late).value()).contains("late");
    }

    private static String held(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "held";
    }

    private StripeAnswer<Coupon> create(String key, int percent) {
        return await(calls, StripeCall.once("coupon.create", key, PATIENCE, body(percent)));
    }

    private static StripeCall.Body<Coupon> body(int percent) {
        CouponCreateParams params = CouponCreateParams.builder()
                .setPercentOff(BigDecimal.valueOf(percent))
                .build();
        return (client, options) -> client.v1().coupons().create(params, options);
    }

    private static <T> StripeAnswer<T> await(StripeCalls calls, StripeCall<T> call) {
        return calls.send(call).await().atMost(PATIENCE.plusSeconds(10));
    }
}
