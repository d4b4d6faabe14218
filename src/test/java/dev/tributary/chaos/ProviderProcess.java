package dev.tributary.chaos;

import dev.tributary.payout.rail.StubMain;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A payment provider as a process of its own, which outlives every kill of the application: it keeps its own books of what it
 * carried out, and does wrong what it is told to.
 */
final class ProviderProcess implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * What it carried out for one payout.
     *
     * @param payout the payout's id as it was sent
     */
    record Moved(String id, String payout, String status, long minor, long reversedMinor) {
        boolean happened() {
            return !status.equals("failed");
        }

        long netMinor() {
            return happened() ? minor - reversedMinor : 0;
        }
    }

    private ProviderProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static ProviderProcess start(String rail, Path log) {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StubMain.class.getName(),
                        rail)
                .redirectError(log.toFile());
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new ProviderProcess(process, address(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its first line that is one; others may come of logging. */
    private static String address(Process process, Path log) throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine())
            if (line.startsWith("http://")) return line.trim();
        throw new IllegalStateException("The provider did not start, see " + log);
    }

    String url() {
        return url;
    }

    /** Of the next requests that move money. */
    void fates(String... fates) {
        tell("fates", new JsonObject().put("fates", new JsonArray(List.of(fates))));
    }

    JsonObject tell(String what, JsonObject how) {
        return ask(HttpRequest.newBuilder(URI.create(url + "/stub/" + what))
                .POST(HttpRequest.BodyPublishers.ofString(how.encode())));
    }

    private JsonObject state() {
        return ask(HttpRequest.newBuilder(URI.create(url + "/stub/state")));
    }

    /** Requests to move money that came, whatever became of them. */
    int moves() {
        return state().getInteger("moves");
    }

    /** All that it carried out, as its own books say. */
    List<Moved> moved() {
        List<Moved> moved = new ArrayList<>();
        for (Object each : state().getJsonArray("moved")) {
            JsonObject row = (JsonObject) each;
            moved.add(new Moved(
                    row.getString("id"),
                    row.getString("payout"),
                    row.getString("status"),
                    row.getLong("minor"),
                    row.getLong("reversedMinor")));
        }
        return moved;
    }

    private JsonObject ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) throw new IllegalStateException(answer.body());
            return new JsonObject(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
