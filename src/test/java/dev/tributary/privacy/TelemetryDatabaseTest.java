package dev.tributary.privacy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What operators see of requests: counts by path, and nobody in person. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class TelemetryDatabaseTest {
    private static final String[] PERSONAL = {
        "secret-person", "203.0.113.77", "PRIVATECODE", "lnk_01h455vb4pex5vsknk084sn02q", "Browser/9.9"
    };

    private static RequestSpecification person() {
        return given().redirects()
                .follow(false)
                .header("User-Agent", "Browser/9.9")
                .header("X-Forwarded-For", "203.0.113.77")
                .contentType("application/json");
    }

    /** Every kind of request that carries something personal, refused at every stage. */
    private static void visit() {
        person().get("/r/PRIVATECODE");
        person().body("{\"ref\": \"PRIVATECODE\"}").post("/api/track/click");
        person().body("{\"ref\": ").post("/api/track/click");
        person().get("/nothing/secret-person@example.com");
        for (String id : new String[] {"secret-person@example.com", "lnk_01h455vb4pex5vsknk084sn02q", "203.0.113.77"}) {
            person().get("/api/admin/links/" + id);
            person().auth().oauth2("garbage").get("/api/admin/links/" + id);
            person().auth().oauth2(Tokens.of("affiliate")).get("/api/admin/links/" + id);
            person().auth().oauth2(Tokens.of("admin")).get("/api/admin/links/" + id);
        }
        Map<String, String> twin = Map.of("name", "secret-person", "email", "secret-person@example.com");
        for (int i = 0; i < 2; i++)
            person().auth().oauth2(Tokens.of("admin")).body(twin).post("/api/admin/affiliates");
        person().auth().oauth2(Tokens.of("admin")).get("/api/admin/affiliates?email=secret-person@example.com");
    }

    private static String metrics() {
        return given().get("/metrics").then().statusCode(200).extract().asString();
    }

    @Test
    void no_metric_and_no_log_line_tells_of_a_person() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() + " " + line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            visit();
        } finally {
            root.removeHandler(listener);
        }
        assertThat(metrics()).contains("tributary_click").doesNotContain(PERSONAL);
        assertThat(String.join("\n", lines)).doesNotContain(PERSONAL);
    }

    @Test
    void many_different_paths_make_few_labels() {
        visit();
        long before = series();
        for (int i = 0; i < 200; i++) {
            person().get("/api/admin/links/" + i);
            person().get("/r/NOBODY" + i);
            person().get("/x" + i);
        }
        assertThat(series()).isLessThanOrEqualTo(before + 20);
    }

    /** The framework stops counting at a hundred paths by itself, and there are more than two hundred. */
    @Test
    void every_endpoint_is_counted() throws IOException {
        Set<String> labels = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("docs/openapi.yaml")))
            if (line.startsWith("  /api/")) {
                String path = line.strip().replace(":", "");
                person().get(path.replaceAll("[{][^}]*[}]", "0"));
                labels.add("uri=\"" + PathLabels.of(path) + "\"");
            }
        assertThat(labels).hasSizeGreaterThan(150);
        // what was answered is counted a moment later
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (labels.stream().filter(metrics()::contains).count() < 150)
            assertThat(System.nanoTime()).isLessThan(deadline);
    }

    @Test
    void the_redirect_the_tracker_and_the_probes_are_left_out_of_the_request_metrics() {
        person().get("/r/NOBODY");
        person().get("/t.js");
        person().get("/q/health/live");
        metrics();
        assertThat(metrics().lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
                .noneMatch(line -> line.contains("uri=\"/r/") || line.contains("t.js") || line.contains("/q/"))
                .noneMatch(line -> line.contains("uri=\"/metrics"));
    }

    private static long series() {
        return metrics().lines().filter(line -> !line.startsWith("#")).count();
    }
}
