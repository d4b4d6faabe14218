package dev.tributary.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.stripe.model.Account;
import com.stripe.model.Charge;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.ChargeCreateParams;
import com.stripe.param.ChargeListParams;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The same client against a Stripe that somebody else wrote: {@code stripe-stateful-mock} of the npm registry, started with
 * {@code npx}. It has no coupons, promotion codes or Checkout Sessions, so these tests are of idempotency, refusals and
 * faults on accounts and charges. Run by {@code ./mvnw -Pstripe-mock test}, where Node is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StripeStatefulMock {
    private static final String PACKAGE = "stripe-stateful-mock@0.0.16";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path OUTPUT = Path.of("target", "stripe-stateful-mock.log");

    private final Vertx vertx = Vertx.vertx();
    private Process mock;
    private StripeCalls calls;
    private String address;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(isThere("npx"), "npx is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder command = new ProcessBuilder("npx", "--yes", PACKAGE).redirectErrorStream(true);
        command.environment().put("PORT", Integer.toString(port));
        mock = command.redirectOutput(OUTPUT.toFile()).start();
        address = "http://127.0.0.1:" + port;
        untilItAnswers();
        calls = StubCalls.at(vertx, "sk_test_mock", address);
    }

    private static boolean isThere(String program) {
        try {
            return new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(30, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private void untilItAnswers() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest hello = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer sk_test_mock")
                .timeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (System.nanoTime() < deadline && mock.isAlive()) {
            try {
                client.send(hello, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                mock.waitFor(200, TimeUnit.MILLISECONDS);
            }
        }
        throw new IllegalStateException("The mock does not answer: " + Files.readString(OUTPUT));
    }

    @AfterAll
    void stop() {
        if (mock != null) {
            mock.descendants().forEach(ProcessHandle::destroy);
            mock.destroy();
        }
        vertx.close();
    }

    @Test
    void a_key_has_its_effect_once_and_its_answer_is_repeated() {
        String key = key();
        StripeAnswer<Account> first = account(key, "US");
        StripeAnswer<Account> again = account(key, "US");

        assertThat(first).isInstanceOf(StripeAnswer.Done.class);
        assertThat(((StripeAnswer.Done<Account>) again).replayed()).isTrue();
        assertThat(again.value().orElseThrow().getId())
                .isEqualTo(first.value().orElseThrow().getId());
        told("same key twice", again);
    }

    @Test
    void a_key_with_another_content_is_refused() {
        String key = key();
        account(key, "US");
        StripeAnswer<Account> other = account(key, "DE");

        assertThat(other).isInstanceOfSatisfying(StripeAnswer.Refused.class, refused -> assertThat(refused.mismatched())
                .isTrue());
        told("same key, other content", other);
    }

    @Test
    void what_is_not_there_is_missing_and_a_wrong_api_key_is_denied() {
        StripeAnswer<Charge> missing =
                await(calls, StripeCall.repeatable("charge.get", PATIENCE, (client, options) -> client.v1()
                        .charges()
                        .retrieve("ch_nothing", options)));
        assertThat(missing).isInstanceOfSatisfying(StripeAnswer.Refused.class, refused -> assertThat(refused.missing())
                .isTrue());
        told("a charge that is not there", missing);

        StripeAnswer<Charge> denied = charge(StubCalls.at(vertx, "pk_live_x", address), key(), "tok_visa", key());
        assertThat(denied).isInstanceOfSatisfying(StripeAnswer.Refused.class, refused -> assertThat(refused.denied())
                .isTrue());
        told("a wrong API key", denied);
    }

    @Test
    void a_declined_card_is_a_refusal_with_its_code() {
        StripeAnswer<Charge> declined = charge(calls, key(), "tok_chargeDeclinedInsufficientFunds", key());

        assertThat(declined).isInstanceOfSatisfying(StripeAnswer.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(402);
            assertThat(refused.code()).isEqualTo("card_declined");
        });
        told("insufficient funds", declined);
    }

    @Test
    void too_many_requests_are_waited_for_under_the_same_key() {
        String order = key();
        StripeAnswer<Charge> charged = charge(calls, key(), "tok_429|tok_429|tok_visa|" + order, order);

        assertThat(charged).isInstanceOf(StripeAnswer.Done.class);
        assertThat(charges(order)).isEqualTo(1);
        told("429, 429, then charged", charged);
    }

    @Test
    void a_500_that_is_repeated_spends_the_key_and_after_a_look_another_key_charges_once() {
        String order = key();
        String source = "tok_500|tok_visa|" + order;
        StripeAnswer<Charge> broken = charge(calls, key(), source, order);

        assertThat(broken).isInstanceOfSatisfying(StripeAnswer.Unknown.class, unknown -> assertThat(unknown.spent())
                .isTrue());
        told("500 kept under the key", broken);
        assertThat(charges(order)).isZero();

        StripeAnswer<Charge> charged = charge(calls, key(), source, order);
        assertThat(charged).isInstanceOf(StripeAnswer.Done.class);
        assertThat(charges(order)).isEqualTo(1);
        told("another key after a look", charged);
    }

    private StripeAnswer<Account> account(String key, String country) {
        AccountCreateParams params = AccountCreateParams.builder()
                .setType(AccountCreateParams.Type.EXPRESS)
                .setCountry(country)
                .build();
        return await(calls, StripeCall.once("account.create", key, PATIENCE, (client, options) -> client.v1()
                .accounts()
                .create(params, options)));
    }

    private static StripeAnswer<Charge> charge(StripeCalls calls, String key, String source, String order) {
        ChargeCreateParams params = ChargeCreateParams.builder()
                .setAmount(1_999L)
                .setCurrency("usd")
                .setSource(source)
                .putMetadata("order", order)
                .build();
        return await(calls, StripeCall.once("charge.create", key, PATIENCE, (client, options) -> client.v1()
                .charges()
                .create(params, options)));
    }

    private long charges(String order) {
        ChargeListParams all = ChargeListParams.builder().setLimit(100L).build();
        return await(calls, StripeCall.repeatable("charge.list", PATIENCE, (client, options) -> client.v1()
                        .charges()
                        .list(all, options)))
                .value()
                .orElseThrow()
                .getData()
                .stream()
                .filter(charge -> order.equals(charge.getMetadata().get("order")))
                .count();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static void told(String what, StripeAnswer<?> answer) {
        System.out.printf("%-32s %-8s %s%n", what, answer.getClass().getSimpleName(), answer.told());
    }

    private static <T> StripeAnswer<T> await(StripeCalls calls, StripeCall<T> call) {
        return calls.send(call).await().atMost(PATIENCE.plusSeconds(10));
    }
}
