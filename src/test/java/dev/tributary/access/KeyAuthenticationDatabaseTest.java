package dev.tributary.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an API key opens, and how soon it no longer does. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class KeyAuthenticationDatabaseTest {
    private static final String PROBE = "/api/key-probe";

    @Inject
    ApiKeys keys;

    @Inject
    KeyUse use;

    @Inject
    Transactions transactions;

    private final UUID owner = UUID.randomUUID();

    @Test
    void a_merchants_key_opens_what_its_scopes_say_and_nothing_else() {
        Issued issued = merchantKey("read");
        ask("/read", issued.secret())
                .statusCode(200)
                .body(equalTo("key:" + TypeId.API_KEY.format(issued.key().id()) + ":" + owner));
        ask("/write", issued.secret()).statusCode(403).body("code", equalTo("forbidden"));
        ask("/affiliate", issued.secret()).statusCode(403);
        given().header("Authorization", "Bearer " + issued.secret())
                .get("/api/admin/programs")
                .then()
                .statusCode(403);
    }

    @Test
    void an_affiliates_key_is_the_affiliates_and_opens_no_merchants_path() {
        Issued issued = affiliateKey();
        ask("/affiliate", issued.secret()).statusCode(200).body(endsWith(":" + owner));
        ask("/read", issued.secret()).statusCode(403);
        ask("/write", issued.secret()).statusCode(403);
    }

    @Test
    void unknown_and_garbled_keys_are_refused_alike() {
        String good = affiliateKey().secret();
        for (String bad : List.of(
                "tra_" + "A".repeat(43),
                good.substring(0, 46),
                good + "A",
                good.replace("tra_", "trk_"),
                good.replace("tra_", "TRA_"),
                flipped(good),
                "tra_",
                "trk_")) refused(ask("/affiliate", bad));
        refused(given().header("Authorization", "Basic " + good)
                .get(PROBE + "/affiliate")
                .then());
        refused(given().header("Authorization", good).get(PROBE + "/affiliate").then());
    }

    @Test
    void a_key_in_the_address_or_another_header_counts_for_nothing() {
        String good = affiliateKey().secret();
        for (String name : List.of("access_token", "api_key", "apiKey", "key", "token"))
            refused(given().queryParam(name, good).get(PROBE + "/affiliate").then());
        refused(given().header("X-API-Key", good).get(PROBE + "/affiliate").then());
        refused(given().cookie("Authorization", good).get(PROBE + "/affiliate").then());
    }

    @Test
    void a_bad_key_is_refused_where_nobody_needs_one() {
        given().get(PROBE).then().statusCode(200).body(equalTo("anonymous:anonymous"));
        refused(ask("", "trk_" + "A".repeat(43)));
    }

    @Test
    void a_revoked_key_stops_although_it_was_remembered() {
        Issued issued = affiliateKey();
        ask("/affiliate", issued.secret()).statusCode(200);
        in(tx -> keys.revoke(tx, KeyOwner.AFFILIATE, owner, issued.key().id()));
        eventually(() -> status(issued) == 401);
        refused(ask("/affiliate", issued.secret()));
    }

    @Test
    void all_keys_of_a_suspended_owner_stop_and_come_back() {
        Issued one = affiliateKey();
        Issued other = affiliateKey();
        assertThat(status(one)).isEqualTo(200);
        in(tx -> keys.disable(tx, KeyOwner.AFFILIATE, owner, true));
        eventually(() -> status(one) == 401 && status(other) == 401);
        in(tx -> keys.disable(tx, KeyOwner.AFFILIATE, owner, false));
        eventually(() -> status(one) == 200 && status(other) == 200);
    }

    /** Another instance makes the change: only its row and its notification reach this one. */
    @Test
    void a_change_that_another_instance_made_is_followed() {
        Issued issued = affiliateKey();
        assertThat(status(issued)).isEqualTo(200);
        in(tx -> tx.preparedQuery(
                        "UPDATE api_key SET revoked_at = now(), version = nextval('change_version') WHERE id = $1")
                .execute(Tuple.of(issued.key().id())));
        in(tx -> tx.query("SELECT pg_notify('tributary_keys', '')").execute());
        eventually(() -> status(issued) == 401);
    }

    @Test
    void a_rotated_key_works_beside_the_new_one_and_without_overlap_not_at_all() {
        Issued old = affiliateKey();
        assertThat(status(old)).isEqualTo(200);
        Issued second = rotate(old, Duration.ofHours(1));
        assertThat(status(old)).isEqualTo(200);
        assertThat(status(second)).isEqualTo(200);
        Issued third = rotate(second, Duration.ZERO);
        eventually(() -> status(second) == 401);
        assertThat(status(third)).isEqualTo(200);
    }

    @Test
    void many_requests_with_one_new_key_at_once_are_each_their_own() throws Exception {
        Issued issued = affiliateKey();
        List<Integer> answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> i % 2 == 0
                        ? status(issued)
                        : given().get(PROBE + "/affiliate").statusCode())
                .toList();
        for (int i = 0; i < answers.size(); i++) assertThat(answers.get(i)).isEqualTo(i % 2 == 0 ? 200 : 401);
    }

    @Test
    void when_a_key_was_last_used_is_written_and_not_for_each_request() {
        Issued issued = affiliateKey();
        assertThat(status(issued)).isEqualTo(200);
        eventually(() -> {
            use.write();
            return lastUsed() != null;
        });
        Instant first = lastUsed();
        for (int i = 0; i < 5; i++) assertThat(status(issued)).isEqualTo(200);
        use.write();
        assertThat(lastUsed()).isEqualTo(first);
    }

    /** A group of the issuer may be called anything. */
    @Test
    void a_token_that_claims_the_roles_of_keys_does_not_get_them() {
        String token = Tokens.of("affiliate-key", "read", "track:write", "promo:apply", "support");
        ask("/read", token).statusCode(403);
        ask("/write", token).statusCode(403);
        ask("/affiliate", token).statusCode(403);
        given().header("Authorization", "Bearer " + token)
                .get("/api/admin/programs")
                .then()
                .statusCode(200);
    }

    @Test
    void an_account_that_is_bound_to_no_affiliate_is_told_so() {
        ask("/affiliate", Tokens.of("affiliate"))
                .statusCode(403)
                .body("detail", containsString("not bound to an affiliate"));
    }

    private Issued merchantKey(String... scopes) {
        return in(tx -> keys.issue(tx, KeyOwner.PROGRAM, owner, "shop", Set.of(scopes)));
    }

    private Issued affiliateKey() {
        return in(tx -> keys.issue(tx, KeyOwner.AFFILIATE, owner, "script", Set.of()));
    }

    private Issued rotate(Issued old, Duration overlap) {
        return in(tx -> keys.rotate(tx, KeyOwner.AFFILIATE, owner, old.key().id(), overlap));
    }

    private Instant lastUsed() {
        return in(tx -> keys.list(tx, KeyOwner.AFFILIATE, owner)).get(0).lastUsedAt();
    }

    private <T> T in(Function<SqlConnection, Uni<T>> work) {
        return transactions.run(work).await().indefinitely();
    }

    private static int status(Issued issued) {
        return ask("/affiliate", issued.secret()).extract().statusCode();
    }

    private static ValidatableResponse ask(String path, String credential) {
        return given().header("Authorization", "Bearer " + credential)
                .get(PROBE + path)
                .then();
    }

    private static void refused(ValidatableResponse answer) {
        answer.statusCode(401)
                .header("WWW-Authenticate", containsString("Bearer"))
                .contentType("application/problem+json")
                .body("code", equalTo("unauthenticated"));
    }

    private static String flipped(String secret) {
        char last = secret.charAt(20);
        return secret.substring(0, 20) + (last == 'A' ? 'B' : 'A') + secret.substring(21);
    }

    /** Asks until it holds; how long it took is measured elsewhere. */
    private static void eventually(Callable<Boolean> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) return;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("It did not become so");
    }
}
