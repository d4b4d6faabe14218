package dev.tributary.click;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Assumptions;

/**
 * A real headless Chromium with a profile of its own, driven by the DevTools protocol. Every host name leads to this
 * machine, so pages of {@code shop.example} can be served by the test.
 */
final class Chromium implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Chromium.class);
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    /** For one answer of the browser, on a busy machine. */
    private static final int DEADLINE_SECONDS = 30;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> calls = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> loads = new ConcurrentHashMap<>();
    private int lastCall;

    /** Starts the browser of this machine, or skips the test, and says so, where there is none. */
    static Chromium startOrSkip() throws Exception {
        Optional<Path> binary = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (binary.isEmpty()) {
            LOG.warn("SKIPPED: the tracker was not tested in a browser, because none of " + NAMES + " is on the PATH");
        }
        Assumptions.assumeTrue(binary.isPresent(), "none of " + NAMES + " is on the PATH");
        return new Chromium(binary.get());
    }

    private Chromium(Path binary) throws Exception {
        profile = Files.createTempDirectory("tributary-chromium");
        process = new ProcessBuilder(
                        binary.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--ignore-certificate-errors",
                        "--host-resolver-rules=MAP * 127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(devTools(process), new Messages())
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** A new visitor: a tab with cookies of its own. */
    Tab visitor() throws Exception {
        String context =
                call(null, "Target.createBrowserContext", new JsonObject()).getString("browserContextId");
        String target = call(
                        null,
                        "Target.createTarget",
                        new JsonObject().put("url", "about:blank").put("browserContextId", context))
                .getString("targetId");
        JsonObject attached = call(
                null,
                "Target.attachToTarget",
                new JsonObject().put("targetId", target).put("flatten", true));
        String session = attached.getString("sessionId");
        call(session, "Page.enable", new JsonObject());
        return new Tab(context, session);
    }

    final class Tab implements AutoCloseable {
        private final String context;
        private final String session;

        private Tab(String context, String session) {
            this.context = context;
            this.session = session;
        }

        /** Every cookie of this visitor, whatever page is open. */
        List<JsonObject> cookies() throws Exception {
            JsonObject answer = call(null, "Storage.getCookies", new JsonObject().put("browserContextId", context));
            return answer.getJsonArray("cookies").stream()
                    .map(JsonObject.class::cast)
                    .toList();
        }

        @Override
        public void close() throws Exception {
            call(null, "Target.disposeBrowserContext", new JsonObject().put("browserContextId", context));
        }

        /** Runs before every page of this tab. */
        void beforeEveryPage(String script) throws Exception {
            call(session, "Page.addScriptToEvaluateOnNewDocument", new JsonObject().put("source", script));
        }

        /** Opens a page and waits until it has loaded. */
        void open(String url) throws Exception {
            CompletableFuture<Void> loaded = new CompletableFuture<>();
            loads.put(session, loaded);
            call(session, "Page.navigate", new JsonObject().put("url", url));
            loaded.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }

        void reload() throws Exception {
            CompletableFuture<Void> loaded = new CompletableFuture<>();
            loads.put(session, loaded);
            call(session, "Page.reload", new JsonObject());
            loaded.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }

        /** The value of an expression; a promise is waited for. */
        Object evaluate(String expression) throws Exception {
            JsonObject answer = call(
                    session,
                    "Runtime.evaluate",
                    new JsonObject()
                            .put("expression", expression)
                            .put("awaitPromise", true)
                            .put("returnByValue", true));
            if (answer.containsKey("exceptionDetails")) throw new IllegalStateException(answer.encode());
            return answer.getJsonObject("result").getValue("value");
        }
    }

    private JsonObject call(String session, String method, JsonObject parameters) throws Exception {
        int number = ++lastCall;
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        calls.put(number, answer);
        JsonObject message =
                new JsonObject().put("id", number).put("method", method).put("params", parameters);
        if (session != null) message.put("sessionId", session);
        socket.sendText(message.encode(), true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        JsonObject reply = answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (reply.containsKey("error")) throw new IllegalStateException(method + ": " + reply.encode());
        return reply.getJsonObject("result");
    }

    private static URI devTools(Process process) throws IOException {
        List<String> said = new ArrayList<>();
        BufferedReader output = process.inputReader();
        for (String line; (line = output.readLine()) != null; ) {
            said.add(line);
            if (line.startsWith("DevTools listening on ")) {
                drain(output);
                return URI.create(line.substring(line.indexOf("ws://")));
            }
        }
        throw new IOException("Chromium did not start:\n" + String.join("\n", said));
    }

    /** Reads what the browser goes on to say, so that it never waits for us. */
    private static void drain(BufferedReader output) {
        Thread drain = new Thread(
                () -> {
                    try {
                        output.transferTo(Writer.nullWriter());
                    } catch (IOException ended) {
                        // The browser was closed.
                    }
                },
                "chromium-output");
        drain.setDaemon(true);
        drain.start();
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                receive(new JsonObject(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void receive(JsonObject message) {
            if (message.containsKey("id")) {
                calls.remove(message.getInteger("id")).complete(message);
            } else if ("Page.loadEventFired".equals(message.getString("method"))) {
                CompletableFuture<Void> load = loads.remove(message.getString("sessionId"));
                if (load != null) load.complete(null);
            }
        }
    }
}
