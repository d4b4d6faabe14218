package dev.tributary.stripe;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** The way to a stub, or to anything that speaks like Stripe. */
public final class StubCalls {
    /** Shorter than any test's patience, longer than a busy machine takes for an answer. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private StubCalls() {}

    record Settings(Optional<String> apiKey, String apiBase, Duration readTimeout, int concurrency)
            implements StripeConfig {
        @Override
        public Duration connectTimeout() {
            return SILENCE;
        }

        @Override
        public Duration firstPause() {
            return Duration.ofMillis(10);
        }
    }

    public static StripeCalls of(Vertx vertx, StripeStub stub) {
        return at(vertx, StripeStub.KEY, stub.address());
    }

    public static StripeCalls at(Vertx vertx, String key, String address) {
        return with(vertx, new Settings(Optional.of(key), address, SILENCE, 2));
    }

    /** Without a key. */
    public static StripeCalls local(Vertx vertx) {
        return with(vertx, new Settings(Optional.empty(), "https://stripe.example", SILENCE, 1));
    }

    /** Requests as stripe-java makes them, for who carries them himself. */
    public static StripeRequests requests(String key, String address) {
        return new StripeRequests(new Settings(Optional.of(key), address, SILENCE, 2));
    }

    static StripeCalls with(Vertx vertx, Settings settings) {
        return new StripeCalls(settings, vertx, new Random(1), new SimpleMeterRegistry());
    }
}
