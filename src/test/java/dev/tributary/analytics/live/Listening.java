package dev.tributary.analytics.live;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of one stream, as browsers read it (HTML, section 9.2.6): every event that came, one after another. */
final class Listening implements AutoCloseable {
    /** One event; the id is the last that was told, be it by an earlier event. */
    record Event(String name, String id, JsonObject data) {}

    private static final Duration ANSWER = Duration.ofSeconds(20);
    /** A connection of its own for each stream. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Event END = new Event("closed", "", new JsonObject());

    private final HttpResponse<InputStream> answer;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String id = "";

    private Listening(HttpResponse<InputStream> answer) {
        this.answer = answer;
        Thread reader = new Thread(this::read, "listening");
        reader.setDaemon(true);
        reader.start();
    }

    static HttpRequest.Builder request(String query, @Nullable String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/affiliate/earnings/live" + query))
                .timeout(ANSWER)
                .header("Accept", "text/event-stream");
        if (bearer != null) request.header("Authorization", "Bearer " + bearer);
        return request;
    }

    static Listening to(String query, @Nullable String bearer) {
        return to(request(query, bearer));
    }

    static Listening to(HttpRequest.Builder request) {
        return new Listening(send(request));
    }

    static HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<InputStream> answer() {
        return answer;
    }

    /** The next event; {@code closed} once there is no more. */
    Event next() {
        try {
            Event event = events.poll(ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (event == null) throw new AssertionError("no event within " + ANSWER);
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next event that has this name, whatever comes before it. */
    Event next(String name) {
        Event event = next();
        while (!event.name().equals(name) && event != END) event = next();
        return event;
    }

    /** The id to come back with. */
    String id() {
        return id;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String name = "message";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) events.add(new Event(name, id, new JsonObject(data)));
                    name = "message";
                    data = "";
                } else if (line.startsWith("event: ")) name = line.substring(7);
                else if (line.startsWith("id: ")) id = line.substring(4);
                else if (line.startsWith("data: ")) data = line.substring(6);
                else if (!line.startsWith(":") && !line.startsWith("retry: ")) throw new AssertionError(line);
            }
        } catch (IOException closed) {
            // As a reader sees the end of what it closed itself.
        } finally {
            events.add(END);
        }
    }

    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
