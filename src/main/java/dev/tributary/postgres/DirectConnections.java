package dev.tributary.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Connections outside the pool, for the few that must not share one: listeners, session locks and the lander. Whoever
 * opens one closes it. A server that was stopped accepts and then says nothing, so every use needs its own deadline.
 */
@ApplicationScoped
public class DirectConnections {
    private final Vertx vertx;
    private final PgConnectOptions options;

    DirectConnections(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.vertx = vertx;
        options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""))
                .setUser(username)
                .setPassword(password.orElse(""))
                .setCachePreparedStatements(true)
                .setConnectTimeout(2_000);
    }

    /** A new connection; the caller bounds how long it waits, and closes one that comes too late. */
    public Future<PgConnection> open() {
        return PgConnection.connect(vertx, options);
    }
}
