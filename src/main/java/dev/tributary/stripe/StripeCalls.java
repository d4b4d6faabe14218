package dev.tributary.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * The one way to Stripe. stripe-java blocks, so calls run on threads of their own, of which there are few; its own retries are
 * off, because it repeats without saying whether the first attempt may have had its effect.
 */
@ApplicationScoped
public class StripeCalls {
    private static final Logger LOG = Logger.getLogger(StripeCalls.class);
    /** Calls that may wait for a thread: eight for each, some seconds of work; more are told to come later. */
    private static final int WAITING_FOR_EACH_THREAD = 8;

    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final StripeConfig config;
    private final Vertx vertx;
    private final RandomGenerator random;
    private final MeterRegistry registry;
    private final WorkerExecutor workers;
    private final Semaphore places;

    StripeCalls(StripeConfig config, Vertx vertx, RandomGenerator random, MeterRegistry registry) {
        this.config = config;
        this.vertx = vertx;
        this.random = random;
        this.registry = registry;
        URI base = URI.create(config.apiBase());
        boolean safe = "https".equals(base.getScheme()) || OWN_MACHINE.contains(String.valueOf(base.getHost()));
        if (!safe) throw new IllegalStateException("tributary.stripe.api-base must be https: a key is sent there");
        long longest = config.connectTimeout()
                .plus(config.readTimeout())
                .multipliedBy(2)
                .toMillis();
        workers = vertx.createSharedWorkerExecutor("stripe", config.concurrency(), longest, TimeUnit.MILLISECONDS);
        places = new Semaphore(config.concurrency() * (1 + WAITING_FOR_EACH_THREAD));
    }

    void onStop(@Observes ShutdownEvent event) {
        workers.close();
    }

    /** Whether there is a key; without one every answer is {@link StripeAnswer.NotNow}. */
    public boolean configured() {
        return config.apiKey().isPresent();
    }

    /** Asks, again where that may help, and answers within the call's patience. Never fails. */
    public <T> Uni<StripeAnswer<T>> send(StripeCall<T> call) {
        if (!configured())
            return Uni.createFrom().item(new StripeAnswer.NotNow<>(Duration.ofHours(1), "No Stripe key is set"));
        return Uni.createFrom().deferred(() -> {
            Sending<T> sending = new Sending<>(call, random, config.firstPause());
            long start = System.nanoTime();
            return attempt(call, sending, start + call.patience().toNanos())
                    .ifNoItem()
                    .after(call.patience())
                    .recoverWithItem(sending::givenUp)
                    .invoke(answer -> note(call, answer, System.nanoTime() - start));
        });
    }

    private <T> Uni<StripeAnswer<T>> attempt(StripeCall<T> call, Sending<T> sending, long deadline) {
        return once(call, deadline).chain(reply -> sending.pause(reply, left(deadline))
                .map(pause -> after(pause).chain(() -> attempt(call, sending, deadline)))
                .orElseGet(() -> Uni.createFrom().item(() -> sending.answer(reply))));
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    private Uni<Void> after(Duration pause) {
        return Uni.createFrom()
                .emitter(emitter -> vertx.setTimer(Math.max(1, pause.toMillis()), timer -> emitter.complete(null)));
    }

    private <T> Uni<Reply<T>> once(StripeCall<T> call, long deadline) {
        if (!places.tryAcquire()) return Uni.createFrom().item(Reply.crowded());
        return Uni.createFrom()
                .completionStage(() -> workers.executeBlocking(() -> blocking(call, left(deadline)), false)
                        .toCompletionStage());
    }

    private <T> Reply<T> blocking(StripeCall<T> call, Duration left) {
        HeaderKeeper seen = new HeaderKeeper();
        try {
            // It waited for a thread until nobody waits for it any more.
            if (left.isNegative()) return Reply.crowded();
            return Reply.done(call.body().send(client(seen), options(call, left)), seen);
        } catch (StripeException failure) {
            return Reply.failed(failure, seen);
        } catch (RuntimeException odd) {
            // stripe-java takes for granted that every answer has a body, and that it is Stripe's.
            return Reply.unread(seen);
        } finally {
            places.release();
        }
    }

    private StripeClient client(HeaderKeeper http) {
        return StripeClient.builder()
                .setApiKey(config.apiKey().orElseThrow())
                .setApiBase(config.apiBase())
                .setMaxNetworkRetries(0)
                .setHttpClient(http)
                .build();
    }

    private RequestOptions options(StripeCall<?> call, Duration left) {
        RequestOptions.RequestOptionsBuilder options = RequestOptions.builder()
                .setConnectTimeout(millis(config.connectTimeout(), left))
                .setReadTimeout(millis(config.readTimeout(), left))
                .setMaxNetworkRetries(0);
        if (call.key() != null) options.setIdempotencyKey(call.key());
        return options.build();
    }

    /** 0 would mean no limit. */
    private static int millis(Duration limit, Duration left) {
        return (int) Math.max(1, Math.min(limit.toMillis(), left.toMillis()));
    }

    private void note(StripeCall<?> call, StripeAnswer<?> answer, long nanos) {
        String outcome = answer.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        Timer.builder("tributary.stripe.calls")
                .description("Calls of Stripe, attempts and pauses included")
                .tags("call", call.name(), "outcome", outcome)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
        if (answer instanceof StripeAnswer.Unknown) LOG.warnf("%s may have happened: %s", call.name(), answer.told());
    }
}
