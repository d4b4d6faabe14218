package dev.tributary;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Who may do what: calls every operation of the contract as everybody and compares with the table that people read,
 * src/test/resources/authorization.csv.
 *
 * <p>A cell says {@code 401} or {@code 403} where the caller is refused, {@code 404} where the object is another's, and
 * {@code open} where the call gets past the door: what the operation then makes of the empty request is another test's matter.
 * Where an operation acts on an affiliate's own object, the object is affiliate A's.
 */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class AuthorizationDatabaseTest {
    private static final Path TABLE = Path.of("src/test/resources/authorization.csv");
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Thousands of requests: the language of the other tests takes four times as long for each. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String WRITE = "tributary.write-authorization";

    @Test
    void every_operation_lets_in_whom_the_table_says() throws IOException {
        Cast cast = new Cast();
        TreeMap<String, String> found = new TreeMap<>();
        JsonObject paths = new JsonObject(get("/openapi?format=json").asString()).getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                if (!List.of("get", "post", "put", "patch", "delete").contains(method)) continue;
                String line = method.toUpperCase(Locale.ROOT) + " " + path;
                String type = bodyType(paths.getJsonObject(path).getJsonObject(method));
                found.put(line, line + "," + String.join(",", outcomes(cast, method, path, type)));
            }
        }
        List<String> table = new ArrayList<>();
        table.add("operation," + String.join(",", Cast.NAMES));
        table.addAll(found.values());
        if (System.getProperty(WRITE) != null) Files.write(TABLE, table);
        assertThat(table)
                .as("who may do what; if the change is meant, read the difference and run ./mvnw test"
                        + " -Dtest=AuthorizationDatabaseTest -D" + WRITE)
                .isEqualTo(Files.readAllLines(TABLE));
    }

    /** The first that the operation takes: another would be refused before the door is asked. */
    private static String bodyType(JsonObject operation) {
        JsonObject content = operation
                .getJsonObject("requestBody", new JsonObject())
                .getJsonObject("content", new JsonObject().put("application/json", new JsonObject()));
        return content.fieldNames().iterator().next();
    }

    private static List<String> outcomes(Cast cast, String method, String path, String type) {
        List<String> outcomes = new ArrayList<>();
        for (String name : Cast.NAMES) outcomes.add(outcome(cast, name, method, path, type));
        return outcomes;
    }

    private static String outcome(Cast cast, String who, String method, String path, String type) {
        boolean body = !method.equals("get") && !method.equals("delete");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + cast.fill(path)))
                .timeout(ANSWER)
                .method(
                        method.toUpperCase(Locale.ROOT),
                        body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
        if (body) request.header("Content-Type", type);
        String token = cast.token(who);
        if (token != null) request.header("Authorization", "Bearer " + token);
        int status = send(request.build());
        assertThat(status).as(who + " " + method + " " + path).isLessThan(500);
        if (status == 401 || status == 403) return Integer.toString(status);
        return status == 404 && cast.owned(path) ? "404" : "open";
    }

    private static int send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
