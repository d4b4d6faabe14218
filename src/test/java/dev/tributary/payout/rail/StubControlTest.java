package dev.tributary.payout.rail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.payout.rail.stripe.StripeProvider;
import dev.tributary.stripe.StripeStub;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other processes ask of a stub: that the faults they order happen, and that its count is right. */
class StubControlTest {
    private static final String TRANSFER = "amount=740&currency=usd&destination=acct_1&transfer_group=pyt_1";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ProviderStub stub;

    @BeforeEach
    void open() throws Exception {
        stub = new ProviderStub(vertx, 0, new StripeProvider());
        order("payees", new JsonObject().put("destination", "*"));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private JsonObject order(String what, JsonObject body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stub.url() + "/stub/" + what))
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private JsonObject state() throws Exception {
        return order("state", new JsonObject());
    }

    private CompletableFuture<HttpResponse<String>> transfer(String key) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stub.url() + "/v1/transfers"))
                .header("Authorization", "Bearer " + StripeStub.KEY)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(TRANSFER))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int status(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS).statusCode();
    }

    @Test
    void an_answer_is_held_after_its_effect_until_it_is_released() throws Exception {
        order("fates", new JsonObject().put("fates", new JsonArray().add("HELD")));
        CompletableFuture<HttpResponse<String>> held = transfer("a");
        while (state().getInteger("held") == 0) TimeUnit.MILLISECONDS.sleep(5);

        assertThat(state().getJsonArray("moved")).hasSize(1);
        assertThat(held).isNotDone();
        assertThat(status(transfer("a"))).as("its key is in use").isEqualTo(409);
        assertThat(order("release", new JsonObject()).getInteger("released")).isEqualTo(1);
        assertThat(status(held)).isEqualTo(200);
    }

    @Test
    void a_request_is_held_before_its_effect_too() throws Exception {
        order("fates", new JsonObject().put("fates", new JsonArray().add("HELD_BEFORE")));
        CompletableFuture<HttpResponse<String>> held = transfer("a");
        while (state().getInteger("held") == 0) TimeUnit.MILLISECONDS.sleep(5);

        assertThat(state().getJsonArray("moved")).isEmpty();
        order("release", new JsonObject());
        assertThat(status(held)).isEqualTo(200);
        assertThat(state().getJsonArray("moved")).hasSize(1);
    }

    @Test
    void what_was_moved_comes_back_and_is_counted_so() throws Exception {
        transfer("a").get(30, TimeUnit.SECONDS);
        order("return", new JsonObject().put("transfer", "tr_1").put("minor", 300));
        JsonObject moved = state().getJsonArray("moved").getJsonObject(0);
        assertThat(moved.getString("payout")).isEqualTo("pyt_1");
        assertThat(moved.getLong("minor")).isEqualTo(740);
        assertThat(moved.getLong("reversedMinor")).isEqualTo(300);
    }

    @Test
    void forgotten_keys_pay_again_and_empty_funds_do_not() throws Exception {
        assertThat(status(transfer("a"))).isEqualTo(200);
        assertThat(status(transfer("a"))).isEqualTo(200);
        assertThat(state().getJsonArray("moved")).hasSize(1);
        order("forget", new JsonObject());
        assertThat(status(transfer("a"))).isEqualTo(200);
        assertThat(state().getJsonArray("moved")).hasSize(2);
        order("funds", new JsonObject().put("minor", 0));
        assertThat(status(transfer("b"))).isEqualTo(400);
    }

    @Test
    void moves_beyond_the_limit_of_a_second_are_429_and_the_fastest_second_is_counted() throws Exception {
        order("limit", new JsonObject().put("perSecond", 3));
        for (int i = 0; i < 3; i++) assertThat(status(transfer("k" + i))).isEqualTo(200);
        StubPace pace = new StubPace();
        for (long at : new long[] {0, 400_000_000L, 900_000_000L, 1_000_000_001L, 1_300_000_000L}) pace.came(at);
        assertThat(pace.fastest()).isEqualTo(4);
        pace.limit(2);
        assertThat(pace.came(1_350_000_000L)).isFalse();
        assertThat(pace.came(9_000_000_000L)).isTrue();
        assertThat(state().getInteger("fastest")).isBetween(1, 3);
    }

    @Test
    void luck_brings_the_same_misfortunes_to_who_asks_with_the_same_seed() throws Exception {
        order("luck", new JsonObject().put("seed", 7).put("percent", 100));
        int failures = 0;
        for (int i = 0; i < 8; i++) {
            CompletableFuture<HttpResponse<String>> answer = transfer("l" + i);
            order("release", new JsonObject());
            try {
                if (answer.get(2, TimeUnit.SECONDS).statusCode() != 200) failures++;
            } catch (ExecutionException | TimeoutException broken) {
                failures++;
            }
        }
        assertThat(failures).isEqualTo(8);
    }

    @Test
    void events_are_signed_and_sent_as_often_as_ordered_until_somebody_takes_them() throws Exception {
        BlockingQueue<JsonObject> taken = new LinkedBlockingQueue<>();
        AtomicInteger refusals = new AtomicInteger(1);
        HttpServer listener = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    boolean refuses = refusals.getAndDecrement() > 0;
                    if (!refuses && request.getHeader("Stripe-Signature").matches("t=[0-9]+,v1=[0-9a-f]{64}"))
                        taken.add(body.toJsonObject());
                    request.response().setStatusCode(refuses ? 500 : 200).end();
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        String url = "http://127.0.0.1:" + listener.actualPort() + "/webhooks";
        order(
                "events",
                new JsonObject().put("url", url).put("secret", "whsec_1").put("copies", 2));

        transfer("a").get(30, TimeUnit.SECONDS);
        JsonObject first = taken.poll(30, TimeUnit.SECONDS);
        JsonObject second = taken.poll(30, TimeUnit.SECONDS);
        assertThat(first).isNotNull().isEqualTo(second);
        assertThat(first.getString("type")).isEqualTo("transfer.created");
    }

    @Test
    void orders_that_it_does_not_know_are_told() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stub.url() + "/stub/dance"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(400);
    }
}
