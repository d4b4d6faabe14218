package dev.tributary.link;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The redirect's cache hears of an affiliate's suspension by itself. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class SuspensionDatabaseTest {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    @Inject
    LinkCache cache;

    @Inject
    LinkFreshness freshness;

    @Inject
    Pool pool;

    @Test
    void links_stop_earning_with_their_affiliate_and_earn_again_after() {
        String affiliate = made("/api/admin/affiliates", Map.of("name", "A", "email", unique() + "@example.com"));
        String program = made(
                "/api/admin/programs",
                Map.of("name", "P " + unique(), "landingUrl", "https://shop.example.com/", "currency", "EUR"));
        made("/api/admin/programs/" + program + "/enrollments", Map.of("affiliateId", affiliate));
        String code = "S" + unique().substring(0, 8).toUpperCase(Locale.ROOT);
        made("/api/admin/links", Map.of("programId", program, "affiliateId", affiliate, "code", code));
        assertThat(eventually(() -> earns(code))).isTrue();

        become(affiliate, "suspended");
        assertThat(eventually(() -> !earns(code))).isTrue();

        become(affiliate, "active");
        assertThat(eventually(() -> earns(code))).isTrue();
    }

    /** Its version is drawn and seen, and the rows are read, before the change itself can be seen. */
    @Test
    void a_change_is_seen_that_commits_after_its_version_was_looked_at() {
        String affiliate = made("/api/admin/affiliates", Map.of("name", "A", "email", unique() + "@example.com"));
        String program = made(
                "/api/admin/programs",
                Map.of("name", "P " + unique(), "landingUrl", "https://shop.example.com/", "currency", "EUR"));
        made("/api/admin/programs/" + program + "/enrollments", Map.of("affiliateId", affiliate));
        String code = "T" + unique().substring(0, 8).toUpperCase(Locale.ROOT);
        made("/api/admin/links", Map.of("programId", program, "affiliateId", affiliate, "code", code));
        assertThat(eventually(() -> earns(code))).isTrue();

        Transaction slow = new Transaction(pool);
        slow.run("UPDATE affiliate SET status = 'paused', version = nextval('change_version') WHERE id = '"
                + TypeId.AFFILIATE.parse(affiliate).orElseThrow() + "'");
        long reads = freshness.reads();
        freshness.refresh();
        assertThat(eventually(() -> freshness.reads() > reads)).isTrue();
        slow.commit();
        freshness.refresh();

        assertThat(eventually(() -> !earns(code))).isTrue();
    }

    /** One left open over several statements. */
    private record Transaction(SqlConnection connection) {
        Transaction(Pool pool) {
            this(pool.getConnectionAndAwait());
            run("BEGIN");
        }

        void run(String sql) {
            connection.query(sql).executeAndAwait();
        }

        void commit() {
            run("COMMIT");
            connection.closeAndAwait();
        }
    }

    private boolean earns(String code) {
        LinkTarget target = cache.find(code);
        return target != null && target.credited();
    }

    /** Asks the cache alone, which nothing but the notification or the poll refreshes. */
    private static boolean eventually(BooleanSupplier fits) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!fits.getAsBoolean() && System.nanoTime() < deadline) Thread.onSpinWait();
        return fits.getAsBoolean();
    }

    private static void become(String affiliate, String status) {
        staff().body(Map.of("status", status, "reason", "R"))
                .post("/api/admin/affiliates/" + affiliate + "/status")
                .then()
                .statusCode(200);
    }

    private static String made(String path, Map<String, ?> body) {
        return staff().body(body).post(path).then().statusCode(201).extract().path("id");
    }

    private static RequestSpecification staff() {
        return given().auth()
                .oauth2(Tokens.of("admin"))
                .accept("application/json")
                .contentType("application/json");
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }
}
