package dev.tributary.link;

import dev.tributary.postgres.Migrations;
import dev.tributary.postgres.Notifier;
import dev.tributary.postgres.Transactions;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The demo that {@code TRIBUTARY_DEMO=true} loads at every start of a server, and dev mode by itself: links to try at
 * once, of which {@code ECO10} and {@code DEMO0001} to {@code DEMO1000} are always there.
 *
 * <p>It stands in this room because links are the lowest of what it makes. Where PostgreSQL answers, the start waits for
 * it, so that the first request finds its code; where it is away, the demo comes when the schema does.
 */
@ApplicationScoped
class Demo {
    private static final Logger LOG = Logger.getLogger(Demo.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    /** A start waits no longer than two attempts take. */
    private static final long WAIT_SECONDS = 2 * Transactions.DEADLINE.toSeconds() + 1;

    private static final String WELCOME =
            """


              Tributary is ready.
                Try a link     curl -i http://localhost:%1$d/r/ECO10
                API by hand    http://localhost:%1$d/swagger
                API document   http://localhost:%1$d/openapi
                The tracker    http://localhost:%1$d/t.js
            """;

    /** Dev mode's own issuer has another port at each start; alice is an admin, bob an affiliate. */
    private static final String SIGN_IN =
            """
                Sign in        TOKEN=$(curl -s %2$s/token -d 'grant_type=password&client_id=quarkus-app&username=alice&password=alice' | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')
                               curl -H "Authorization: Bearer $TOKEN" http://localhost:%1$d/api/admin/programs
            """;

    private final Migrations migrations;
    private final Transactions transactions;
    private final DemoRepository repository;
    private final Notifier notifier;
    private final Optional<String> issuer;
    private final boolean wanted;

    Demo(
            Migrations migrations,
            Transactions transactions,
            DemoRepository repository,
            Notifier notifier,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer,
            @ConfigProperty(name = "tributary.demo", defaultValue = "false") boolean demo,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        this.migrations = migrations;
        this.transactions = transactions;
        this.repository = repository;
        this.notifier = notifier;
        this.issuer = issuer;
        wanted = demo && mode.equals("server");
    }

    /** After the schema, before the link cache is filled. */
    void onStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE + 1) StartupEvent event) {
        if (!wanted) return;
        boolean schemaIsThere = migrations.done().subscribeAsCompletionStage().isDone();
        CompletableFuture<Integer> loaded =
                migrations.done().chain(this::loadWhenPossible).subscribeAsCompletionStage();
        if (schemaIsThere) await(loaded);
    }

    void onReady(@ObservesAsync HttpServerStart server) {
        if (!wanted || LaunchMode.current() != LaunchMode.DEVELOPMENT) return;
        String text = issuer.map(address -> WELCOME + SIGN_IN).orElse(WELCOME);
        LOG.info(text.formatted(server.options().getPort(), issuer.orElse("")));
    }

    private Uni<Integer> loadWhenPossible() {
        return load().onFailure()
                .invoke(failure ->
                        LOG.warnf("The demo was not loaded; tried again in a moment: %s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .indefinitely();
    }

    /** Inserts what is not there, in one transaction, and tells how many rows that were. */
    Uni<Integer> load() {
        return transactions.run(repository::insert).invoke(rows -> {
            LOG.infof("Demo: %d rows added", rows);
            if (rows > 0) notifier.changed("links");
        });
    }

    private static void await(CompletableFuture<Integer> loaded) {
        try {
            loaded.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("The demo takes long; it is loaded while the server runs");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The demo gave up, though it never should", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
