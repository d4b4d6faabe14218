package dev.tributary.access;

import dev.tributary.postgres.Listeners;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps what this room remembers as fresh as PostgreSQL allows: on each notification, after each lost connection, and on
 * a poll, should a notification be lost. Within a second normally, two after a connection died silently.
 */
@ApplicationScoped
class KeyFreshness {
    private static final long POLL_MILLIS = 5_000;
    private static final long USE_MILLIS = 2_000;

    private final KeyCache keys;
    private final KeyUse use;
    private final Principals principals;
    private final Listeners listeners;
    private final Vertx vertx;

    KeyFreshness(KeyCache keys, KeyUse use, Principals principals, Listeners listeners, Vertx vertx) {
        this.keys = keys;
        this.use = use;
        this.principals = principals;
        this.listeners = listeners;
        this.vertx = vertx;
    }

    void onStart(
            @Observes StartupEvent event,
            @ConfigProperty(name = "tributary.mode", defaultValue = "server") String mode) {
        if (!mode.equals("server")) return;
        listeners.listen(ApiKeys.CHANNEL, this::refresh);
        vertx.setPeriodic(POLL_MILLIS, timer -> refresh());
        vertx.setPeriodic(USE_MILLIS, timer -> use.write());
    }

    private void refresh() {
        principals.forget();
        keys.refresh();
    }
}
