package dev.tributary.click;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's shop, whose every page carries the script, and a tracker that serves the script and writes down what it is
 * told. Both on one port; the browser takes the host name for what tells them apart.
 */
final class ShopAndTracker implements AutoCloseable {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    final List<JsonObject> events = new CopyOnWriteArrayList<>();
    final List<String> types = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile UnaryOperator<JsonObject> answer = event -> new JsonObject();
    private volatile int failures;

    private final String script;

    private final String scheme;
    private final ExecutorService executor = Executors.newCachedThreadPool();

    /** The stub is the tracker too. */
    ShopAndTracker() throws IOException {
        this("http", HttpServer.create(LOOPBACK, 0), null);
    }

    /** The stub is the tracker too, and all is served over https. */
    static ShopAndTracker secure() throws Exception {
        HttpsServer server = HttpsServer.create(LOOPBACK, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificate.selfSigned()));
        return new ShopAndTracker("https", server, null);
    }

    /** The shop's pages load this script, from a real tracker. */
    ShopAndTracker(String script) throws IOException {
        this("http", HttpServer.create(LOOPBACK, 0), script);
    }

    private ShopAndTracker(String scheme, HttpServer server, @Nullable String script) {
        this.scheme = scheme;
        this.server = server;
        server.setExecutor(executor);
        server.createContext("/", this::page);
        server.createContext("/t.js", this::script);
        server.createContext("/api/track/click", this::click);
        this.script = script != null ? script : url("track.example", "/t.js");
        server.start();
    }

    /** What the tracker says to an event from now on. */
    void answers(UnaryOperator<JsonObject> answer) {
        this.answer = answer;
    }

    /** The next events are refused as by a tracker that is restarting. */
    void failsFor(int events) {
        failures = events;
    }

    /** The number of events once there are that many, or half a minute later. */
    synchronized int await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        for (long left; events.size() < count && (left = deadline - System.nanoTime()) > 0; ) {
            wait(left / 1_000_000 + 1);
        }
        return events.size();
    }

    String url(String host, String path) {
        return scheme + "://" + host + ":" + server.getAddress().getPort() + path;
    }

    private void page(HttpExchange exchange) throws IOException {
        reply(
                exchange,
                200,
                "text/html",
                "<!doctype html><title>Shop</title><script src=\"%s\"></script>".formatted(script));
    }

    private void script(HttpExchange exchange) throws IOException {
        try (InputStream file = ShopAndTracker.class.getResourceAsStream("/tracker/t.js")) {
            reply(exchange, 200, "text/javascript", new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private synchronized void click(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
        types.add(
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Content-Type"));
        JsonObject event = new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (failures > 0) {
            failures--;
            reply(exchange, 503, "application/problem+json", "{}");
            return;
        }
        events.add(event);
        notifyAll();
        reply(exchange, 201, "application/json", answer.apply(event).encode());
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
