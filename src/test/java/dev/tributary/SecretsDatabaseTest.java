package dev.tributary;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** Where the secret of an API key must not be found: anywhere but in the one answer that shows it. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class SecretsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String KEYS = "/api/affiliate/api-keys";

    @Inject
    Pool pool;

    @Test
    void a_secret_is_in_no_row_of_no_table_and_in_no_log_and_no_metric() {
        Promoter ann = Promoter.in(pool, "UTC");
        Recorder log = new Recorder();
        Logger root = Logger.getLogger("");
        root.addHandler(log);
        String secret;
        try {
            secret = issue(ann, "once");
            use(secret);
        } finally {
            root.removeHandler(log);
        }
        // The hint is shown on purpose; what follows it is the secret.
        String hidden = secret.substring(20);
        assertThat(tablesWith(hidden)).isEmpty();
        assertThat(log.lines).noneMatch(line -> line.contains(hidden));
        assertThat(get("/metrics").asString()).doesNotContain(hidden);
        assertThat(ann.asks().get(KEYS).asString()).doesNotContain(hidden);
    }

    /** Good, garbled, in the address and in the body: what is refused is not repeated to whoever reads logs. */
    private static void use(String secret) {
        bearer(secret).get("/api/affiliate/v1/stats").then().statusCode(200);
        bearer(secret).get("/api/admin/programs").then().statusCode(403);
        bearer(secret + "A").get("/api/affiliate/v1/stats").then().statusCode(401);
        given().queryParam("access_token", secret)
                .get("/api/affiliate/v1/stats")
                .then()
                .statusCode(401);
        Response answer = bearer(secret).queryParam("from", secret).get("/api/affiliate/v1/stats");
        assertThat(answer.statusCode()).isEqualTo(400);
        given().contentType("application/json")
                .body(Map.of("code", secret, "kind", "odd", "message", secret))
                .post("/api/abuse-reports")
                .then()
                .statusCode(400);
    }

    @Test
    void another_with_the_same_idempotency_key_gets_a_key_of_its_own() {
        Promoter ann = Promoter.in(pool, "UTC");
        Promoter bob = Promoter.in(pool, "UTC");
        String anns = issue(ann, "shared");
        String bobs = issue(bob, "shared");
        assertThat(bobs).isNotEqualTo(anns);
        assertThat(bob.asks().get(KEYS).jsonPath().getList("data")).hasSize(1);
    }

    @Test
    void a_good_key_works_amid_a_flood_of_made_up_ones() {
        String good = issue(Promoter.in(pool, "UTC"), "flood");
        bearer(good).get("/api/affiliate/profile").then().statusCode(403);
        for (int i = 0; i < 200; i++)
            assertThat(bearer("tra_" + "%043d".formatted(i))
                            .get("/api/affiliate/v1/stats")
                            .statusCode())
                    .isEqualTo(401);
        bearer(good).get("/api/affiliate/v1/stats").then().statusCode(200);
    }

    @Test
    void a_good_key_in_another_form_than_the_one_that_was_shown_is_refused() {
        String good = issue(Promoter.in(pool, "UTC"), "forms");
        for (String form : List.of(
                "Bearer " + good + ", Bearer " + good,
                "Bearer " + good + " " + good,
                "Bearer \"" + good + "\"",
                "Bearer " + good + "=",
                "Bearer " + good + ".",
                "Bearer " + good.toUpperCase(java.util.Locale.ROOT),
                "Bearer " + good.substring(4),
                "Bearer " + good.replace("tra_", "tra-"),
                "Token " + good,
                "Bearer" + good))
            assertThat(given().header("Authorization", form)
                            .get("/api/affiliate/v1/stats")
                            .statusCode())
                    .as(form.replace(good, "<key>"))
                    .isEqualTo(401);
    }

    private static String issue(Promoter owner, String idempotencyKey) {
        return owner.asks()
                .header("Idempotency-Key", idempotencyKey)
                .body(Map.of("name", "script"))
                .post(KEYS)
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
    }

    private static io.restassured.specification.RequestSpecification bearer(String secret) {
        return given().header("Authorization", "Bearer " + secret);
    }

    private List<String> tablesWith(String text) {
        return names().stream().filter(table -> holds(table, text)).toList();
    }

    private List<String> names() {
        return StreamSupport.stream(
                        pool.query("SELECT table_name FROM information_schema.tables"
                                        + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
                                .executeAndAwait()
                                .spliterator(),
                        false)
                .map((Row row) -> row.getString(0))
                .toList();
    }

    /** Of bytes the text form is hexadecimal, so the bytes of the text are looked for as well. */
    private boolean holds(String table, String text) {
        String hex = java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return pool.preparedQuery("SELECT EXISTS (SELECT 1 FROM \"" + table
                        + "\" t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0)")
                .execute(io.vertx.mutiny.sqlclient.Tuple.of(text, hex))
                .await()
                .atMost(ANSWER)
                .iterator()
                .next()
                .getBoolean(0);
    }

    /** Everything that is logged, with its causes' messages. */
    private static final class Recorder extends Handler {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord entry) {
            String text = entry instanceof ExtLogRecord more ? more.getFormattedMessage() : entry.getMessage();
            lines.add(text + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
