package dev.tributary.postgres;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The process's listening connections, one a channel: few, and apart from the pools. */
@ApplicationScoped
public class Listeners {
    private final Vertx vertx;
    private final PgConnectOptions options;
    private final List<Listener> open = new CopyOnWriteArrayList<>();

    Listeners(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.vertx = vertx;
        options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""))
                .setUser(username)
                .setPassword(password.orElse(""));
    }

    /** Listens until shutdown; {@code onNews} runs after each notification and after each reconnection. */
    public void listen(String channel, Runnable onNews) {
        Listener listener = new Listener(vertx, options, channel, onNews);
        open.add(listener);
        listener.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        open.forEach(Listener::stop);
    }
}
