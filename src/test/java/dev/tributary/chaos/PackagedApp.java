package dev.tributary.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The packaged jar as a process of its own, told everything by its environment, as in production. It keeps its port and its
 * directory over restarts; what it prints goes to {@code app.log} in that directory.
 */
final class PackagedApp implements AutoCloseable {
    /** Generous: the machine may be building something else. What the restart took is reported, not asserted. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);

    private final Path home;
    private final Map<String, String> environment;
    private final int port = freePort();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(REQUEST_LIMIT).build();
    private @Nullable Process process;

    /** Does not start it. The environment given is added to the port and the journal directory. */
    PackagedApp(Path home, Map<String, String> environment) {
        try {
            this.home = Files.createDirectories(home).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.environment = new HashMap<>(environment);
        this.environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        this.environment.putIfAbsent("QUARKUS_HTTP_HOST", "127.0.0.1");
        this.environment.putIfAbsent(
                "TRIBUTARY_CLICK_JOURNAL_DIR", this.home.resolve("journal").toString());
    }

    static Path jar() {
        Path jar = Path.of(System.getProperty("tributary.jar", "target/quarkus-app/quarkus-run.jar"));
        if (!Files.exists(jar)) throw new IllegalStateException("Package first: ./mvnw package; missing is " + jar);
        return jar.toAbsolutePath();
    }

    /** Starts the process and waits until it redirects a known link; answers how long that took. */
    Duration start() {
        long from = System.nanoTime();
        process = spawn(List.of());
        while (!redirects()) {
            if (!process.isAlive() || System.nanoTime() - from > START_LIMIT.toNanos()) {
                throw new IllegalStateException("The application does not redirect, see " + log());
            }
            pause();
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /** Runs {@code java -jar ... arguments} to its end and answers its exit status; at most three minutes. */
    int run(String... arguments) {
        Process command = spawn(List.of(arguments));
        try {
            if (command.waitFor(180, TimeUnit.SECONDS)) return command.exitValue();
            command.destroyForcibly();
            throw new IllegalStateException("Still runs after three minutes, see " + log());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Process spawn(List<String> arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // These processes live for seconds: the second compiler would take more than it gives.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().keySet().removeIf(n -> n.startsWith("QUARKUS_") || n.startsWith("TRIBUTARY_"));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean redirects() {
        try {
            return get("/r/ECO10").statusCode() == 302;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    /** As whom the token is for, with JSON. */
    HttpResponse<String> send(String method, String path, String token, String body) {
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(REQUEST_LIMIT);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What another process is told to share this one's journal, as a mistake in a deployment would. */
    Map<String, String> sameJournal() {
        return Map.of("TRIBUTARY_CLICK_JOURNAL_DIR", environment.get("TRIBUTARY_CLICK_JOURNAL_DIR"));
    }

    /** Waits until it says that it is ready; answers false when it does not in time. */
    boolean awaitReady(Duration limit) {
        long from = System.nanoTime();
        while (get("/q/health/ready").statusCode() != 200) {
            if (System.nanoTime() - from > limit.toNanos()) return false;
            pause();
        }
        return true;
    }

    /** The sum over all samples of a Prometheus metric, 0 where there is none. */
    double metric(String name) {
        return sum(get("/metrics").body(), name);
    }

    static double sum(String exposition, String name) {
        return exposition
                .lines()
                .filter(line -> line.startsWith(name)
                        && line.length() > name.length()
                        && (line.charAt(name.length()) == '{' || line.charAt(name.length()) == ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Megabytes of Java heap in use. */
    long heapMegabytes() {
        String heap = get("/metrics")
                .body()
                .lines()
                .filter(line -> line.contains("area=\"heap\""))
                .collect(java.util.stream.Collectors.joining("\n"));
        return Math.round(sum(heap, "jvm_memory_used_bytes") / (1 << 20));
    }

    boolean running() {
        return process != null && process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() {
        if (process != null) process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, at once; {@link #awaitExit} waits for the end. */
    void terminate() {
        if (process != null) process.destroy();
    }

    /** Waits for the process to end; answers false when it still runs then. */
    boolean awaitExit(Duration limit) {
        try {
            return process == null || process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Of the process that has ended. */
    int exitStatus() {
        if (process == null) throw new IllegalStateException("It was not started");
        return process.exitValue();
    }

    int port() {
        return port;
    }

    Path log() {
        return home.resolve("app.log");
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Between two looks at something that is awaited. */
    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
