package dev.tributary.promo.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.promo.CheckoutRequest;
import dev.tributary.promo.CheckoutSession;
import dev.tributary.stripe.StripeCalls;
import dev.tributary.stripe.StripeStub;
import dev.tributary.stripe.StubCalls;
import dev.tributary.stripe.StubFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checkout Sessions opened at a stub of Stripe. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class StripeCheckoutDatabaseTest {
    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    Transactions transactions;

    @Inject
    StripeCheckout checkout;

    @Inject
    StripeCouponRepository repository;

    @Inject
    CouponSync sync;

    @Inject
    Ids ids;

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
    void one_code_is_given_as_its_promotion_code() {
        UUID code = synced("value = 1000");
        CheckoutRequest request = request(500, code);

        CheckoutSession session = open(request);

        JsonObject sent = stub.checkoutSessions().get(0).getJsonObject("sent");
        String redemption = TypeId.REDEMPTION.format(request.redemptionId());
        assertThat(session.url()).endsWith(session.id());
        assertThat(sent.getString("discounts[0][promotion_code]")).isEqualTo("promo_1");
        assertThat(sent.getString("metadata[tributary_redemption]")).isEqualTo(redemption);
        assertThat(sent.getString("metadata[order]")).isEqualTo("4711");
        assertThat(sent.getString("payment_intent_data[metadata][tributary_redemption]"))
                .isEqualTo(redemption);
        assertThat(sent.getString("client_reference_id")).isEqualTo(redemption);
        assertThat(sent.getString("line_items[0][price]")).isEqualTo("price_1");
        assertThat(Long.parseLong(sent.getString("expires_at")))
                .isEqualTo(Ids.timeOf(request.redemptionId())
                        .plus(Duration.ofMinutes(35))
                        .getEpochSecond());
    }

    @Test
    void the_same_redemption_has_the_same_session() {
        UUID code = synced("value = 1000");
        CheckoutRequest request = request(500, code);

        assertThat(open(request)).isEqualTo(open(request));
        assertThat(stub.checkoutSessions()).hasSize(1);
    }

    @Test
    void several_codes_are_one_coupon_of_the_exact_total() {
        CheckoutRequest request = request(1_234, synced("value = 1000"), synced("value = 500"));

        open(request);

        JsonObject coupon = stub.coupon(TypeId.REDEMPTION.format(request.redemptionId()));
        assertThat(coupon.getLong("amount_off")).isEqualTo(1_234);
        assertThat(coupon.getString("currency")).isEqualTo("eur");
        assertThat(coupon.getString("duration")).isEqualTo("once");
        assertThat(coupon.getLong("max_redemptions")).isEqualTo(1);
        assertThat(stub.checkoutSessions().get(0).getJsonObject("sent").getString("discounts[0][coupon]"))
                .isEqualTo(coupon.getString("id"));
    }

    @Test
    void a_code_that_is_not_at_stripe_yet_still_takes_off_what_it_says_for_as_long_as_it_says() {
        UUID code = shelf.code("NEW", "value = 1000, duration = 'repeating', duration_months = 3");
        CheckoutRequest request = request(500, code);

        open(request);

        JsonObject coupon = stub.coupon(TypeId.REDEMPTION.format(request.redemptionId()));
        assertThat(coupon.getDouble("percent_off")).isEqualTo(10);
        assertThat(coupon.getLong("duration_in_months")).isEqualTo(3);
        assertThat(coupon.getLong("max_redemptions")).isEqualTo(1);
    }

    @Test
    void a_promotion_code_that_was_paused_there_does_not_break_what_was_promised_here() {
        UUID code = synced("value = 1000");
        stub.byHand(HttpMethod.POST, "/v1/promotion_codes/promo_1", "active=false");

        open(request(500, code));

        assertThat(stub.checkoutSessions().get(0).getJsonObject("sent").getString("discounts[0][coupon]"))
                .startsWith("rdm_");
    }

    @Test
    void nothing_off_is_no_discount() {
        open(request(0, shelf.code("NOTHING", "value = 0")));

        assertThat(stub.checkoutSessions().get(0).getJsonObject("sent").getMap().keySet())
                .noneMatch(name -> name.startsWith("discounts"));
    }

    @ParameterizedTest
    @EnumSource(StubFault.class)
    void whatever_goes_wrong_asking_again_answers_one_session_that_lives(StubFault fault) {
        CheckoutRequest request = request(500, shelf.code("FAULT", "value = 1000"));
        stub.fail(fault == StubFault.BROKEN_AFTER ? null : fault, fault);

        for (int i = 0; i < 5; i++) {
            try {
                open(request);
            } catch (Problem problem) {
                assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE);
                stub.endSilence();
            }
        }

        CheckoutSession session = open(request);
        assertThat(open(request)).isEqualTo(session);
        // One that Stripe answered 500 for ever may stand there too; nobody was sent to it.
        int most = fault == StubFault.BROKEN_AFTER ? 2 : 1;
        assertThat(stub.checkoutSessions()).hasSizeBetween(1, most);
    }

    @Test
    void what_stripe_refuses_is_told_in_its_words() {
        CheckoutRequest bad = new CheckoutRequest(
                ids.next(),
                shelf.program(),
                List.of(),
                new Money(0, "EUR"),
                Instant.now().plusSeconds(1_800),
                false,
                List.of(),
                "https://shop.example/thanks",
                null,
                null,
                null,
                Map.of());

        assertThatThrownBy(() -> open(bad))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.UNPROCESSABLE))
                .hasMessageContaining("line_items");
    }

    @Test
    void a_wrong_key_and_a_stripe_that_is_away_are_503() {
        CheckoutRequest request = request(500, shelf.code("AWAY", "value = 1000"));
        QuarkusMock.installMockForType(StubCalls.at(vertx, "sk_test_other", stub.address()), StripeCalls.class);
        assertThat(kind(request)).isEqualTo(ProblemKind.UNAVAILABLE);

        QuarkusMock.installMockForType(StubCalls.at(vertx, StripeStub.KEY, "http://127.0.0.1:1"), StripeCalls.class);
        assertThat(kind(request)).isEqualTo(ProblemKind.UNAVAILABLE);
    }

    private ProblemKind kind(CheckoutRequest request) {
        try {
            open(request);
            throw new AssertionError("It was opened");
        } catch (Problem problem) {
            return problem.kind();
        }
    }

    private UUID synced(String set) {
        UUID code = shelf.code("CODE", set);
        transactions.run(tx -> repository.ask(tx, List.of(code))).await().atMost(Duration.ofSeconds(10));
        sync.run().await().atMost(Duration.ofMinutes(1));
        return code;
    }

    private CheckoutSession open(CheckoutRequest request) {
        return checkout.open(request).await().atMost(Duration.ofMinutes(1));
    }

    private CheckoutRequest request(long discount, UUID... codes) {
        return new CheckoutRequest(
                ids.next(),
                shelf.program(),
                Arrays.stream(codes)
                        .map(code -> new CheckoutRequest.CodeUse(code, shelf.text(code), new Money(discount, "EUR")))
                        .toList(),
                new Money(discount, "EUR"),
                Instant.now().plusSeconds(1_800),
                false,
                List.of(new CheckoutRequest.LineItem("price_1", 1)),
                "https://shop.example/thanks",
                null,
                null,
                null,
                Map.of("order", "4711"));
    }
}
