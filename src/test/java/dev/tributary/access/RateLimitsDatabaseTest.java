package dev.tributary.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.tributary.embedded.EmbeddedRedis;
import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import dev.tributary.redis.Lines;
import dev.tributary.redis.RedisLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class RateLimitsDatabaseTest {
    private static final Duration HOUR = Duration.ofHours(1);
    /** Where a busy machine must not make Redis look away. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final Duration USUAL = Duration.ofMillis(50);

    @Inject
    Vertx vertx;

    @Inject
    Redis redis;

    @Inject
    ApiKeys keys;

    @Inject
    Transactions transactions;

    private final String subject = UUID.randomUUID().toString();

    @Test
    void of_200_at_once_exactly_the_limit_pass_and_each_knows_its_place() {
        RateLimits limits = patient();
        List<RateLimit> told = takeAtOnce(limits, 200);
        List<Integer> left = told.stream()
                .filter(RateLimit::allowed)
                .map(RateLimit::remaining)
                .sorted()
                .toList();
        assertThat(left).isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(told).filteredOn(t -> !t.allowed()).hasSize(100).allMatch(t -> t.remaining() == 0);
    }

    @Test
    void instances_share_one_count() {
        RateLimits one = patient();
        RateLimits other = patient();
        List<RateLimit> told = new java.util.ArrayList<>(takeAtOnce(one, 70));
        told.addAll(takeAtOnce(other, 70));
        assertThat(told.stream().filter(RateLimit::allowed)).hasSize(100);
    }

    @Test
    void a_window_ends_by_redis_own_clock_and_the_whole_limit_is_there_again() {
        RateLimits limits = patient();
        Duration second = Duration.ofSeconds(1);
        RateLimit told = limits.take("short", subject, 1, second).await().indefinitely();
        long deadline = System.nanoTime() + PATIENT.toNanos();
        // Refused ones count for nothing: or asking on and on would never be let in.
        while (!(told = limits.take("short", subject, 1, second).await().indefinitely()).allowed())
            assertThat(System.nanoTime()).isLessThan(deadline);
        assertThat(told.remaining()).isZero();
    }

    @Test
    void a_redis_that_forgot_the_script_is_told_it_again() {
        RateLimits limits = patient();
        take(limits);
        redis.send(Request.cmd(Command.SCRIPT).arg("FLUSH")).await().indefinitely();
        assertThat(take(limits).remaining()).isEqualTo(98);
    }

    @Test
    void without_redis_exactly_the_limit_pass_too() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        RateLimits limits = over(Lines.to(vertx, "redis://127.0.0.1:" + nobody, USUAL));
        assertThat(takeAtOnce(limits, 200).stream().filter(RateLimit::allowed)).hasSize(100);
    }

    /** As a stopped one does: the kernel accepts, nobody answers. */
    @Test
    void a_redis_that_accepts_and_says_nothing_is_not_waited_for() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            RateLimits limits = over(Lines.to(vertx, "redis://127.0.0.1:" + silent.getLocalPort(), USUAL));
            assertThat(takeAtOnce(limits, 200).stream().filter(RateLimit::allowed))
                    .hasSize(100);
        }
    }

    @Test
    void when_redis_dies_the_count_goes_on_from_what_it_said_last() {
        Path home = Path.of("target/embedded/limits");
        EmbeddedRedis mortal = EmbeddedRedis.start(home);
        RateLimits limits = over(Lines.to(vertx, mortal.url(), PATIENT));
        assertThat(takeAtOnce(limits, 60)).allMatch(RateLimit::allowed);
        mortal.stop();
        assertThat(takeAtOnce(limits, 200).stream().filter(RateLimit::allowed)).hasSize(40);
    }

    @Test
    void every_answer_tells_the_limit_and_the_one_too_many_when_to_come_back() {
        for (int left = 2; left >= 0; left--)
            given().header(token())
                    .queryParam("fail", left == 1)
                    .get("/api/key-probe/limited")
                    .then()
                    .statusCode(left == 1 ? 404 : 200)
                    .header("RateLimit-Policy", "\"probe\";q=3;w=600")
                    .header("RateLimit", matchesPattern("\"probe\";r=" + left + ";t=(600|5[0-9]{2})"));
        given().header(token())
                .get("/api/key-probe/limited")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", equalTo("rate_limited"))
                .header("RateLimit", matchesPattern("\"probe\";r=0;t=[0-9]+"))
                .header("Retry-After", matchesPattern("[1-9][0-9]*"));
        given().get("/api/key-probe/limited").then().statusCode(200);
    }

    @Test
    void of_200_requests_at_once_with_one_key_100_are_answered_and_100_refused() {
        UUID owner = UUID.randomUUID();
        Issued key = issue(owner);
        List<Integer> answers = request(key.secret(), 200);
        assertThat(answers).filteredOn(status -> status == 200).hasSize(100);
        assertThat(answers).filteredOn(status -> status == 429).hasSize(100);
        assertThat(request(issue(owner).secret(), 1)).as("another key").containsExactly(200);
    }

    private Issued issue(UUID owner) {
        return transactions
                .run(tx -> keys.issue(tx, KeyOwner.AFFILIATE, owner, "n", Set.of()))
                .await()
                .indefinitely();
    }

    private static List<Integer> request(String secret, int times) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/key-probe/limited/keys"))
                .header("Authorization", "Bearer " + secret)
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<Integer>> calls = IntStream.range(0, times)
                .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode))
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private Header token() {
        return new Header("Authorization", "Bearer " + account);
    }

    private final String account = dev.tributary.Tokens.of("support");

    private RateLimits patient() {
        return over(Lines.to(vertx, ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class), PATIENT));
    }

    private static RateLimits over(RedisLine line) {
        return new RateLimits(line, new SimpleMeterRegistry());
    }

    private List<RateLimit> takeAtOnce(RateLimits limits, int times) {
        List<CompletableFuture<RateLimit>> calls = IntStream.range(0, times)
                .mapToObj(i -> limits.take("test", subject, 100, HOUR).subscribeAsCompletionStage())
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private RateLimit take(RateLimits limits) {
        return limits.take("test", subject, 100, HOUR).await().indefinitely();
    }
}
