package dev.tributary.postgres;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The process's listening connections, one a channel: few, and apart from the pools. */
@ApplicationScoped
public class Listeners {
    private final Vertx vertx;
    private final DirectConnections connections;
    private final List<Listener> open = new CopyOnWriteArrayList<>();

    Listeners(Vertx vertx, DirectConnections connections) {
        this.vertx = vertx;
        this.connections = connections;
    }

    /** Listens until shutdown; {@code onNews} runs after each notification and after each reconnection. */
    public void listen(String channel, Runnable onNews) {
        Listener listener = new Listener(vertx, connections, channel, onNews);
        open.add(listener);
        listener.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        open.forEach(Listener::stop);
    }
}
