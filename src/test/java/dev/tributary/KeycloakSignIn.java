package dev.tributary;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/**
 * Sign-in through a real Keycloak. Not part of the ordinary run, hence the name: {@code ./mvnw -Pkeycloak test} fetches
 * Keycloak (177 MB) and runs this alone.
 */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(value = Keycloak.class, restrictToAnnotatedClass = true)
class KeycloakSignIn {
    private static final String GUARDED = "/api/admin/programs";

    @Test
    void who_may_do_what_is_told_by_the_realms_roles() {
        ask(access("alice")).statusCode(200);
        post(access("alice")).statusCode(400);
        ask(access("sam")).statusCode(200);
        post(access("sam")).statusCode(403);
        ask(access("bob")).statusCode(403).body("code", equalTo("forbidden"));
    }

    /** Keycloak adds roles of its own to each token, and a realm may name its roles as it likes. */
    @Test
    void roles_that_tokens_cannot_have_open_nothing() {
        given().header("Authorization", "Bearer " + access("sam"))
                .get("/api/affiliate/v1/stats")
                .then()
                .statusCode(403);
    }

    @Test
    void an_affiliates_account_that_is_not_bound_yet_is_told_so() {
        given().header("Authorization", "Bearer " + access("bob"))
                .get("/api/affiliate/profile")
                .then()
                .statusCode(403)
                .body("detail", containsString("not bound to an affiliate"));
    }

    @Test
    void an_id_token_and_a_refresh_token_are_refused() {
        JsonObject tokens = Keycloak.signIn("back-office", "alice");
        refused(tokens.getString("id_token"));
        refused(tokens.getString("refresh_token"));
    }

    @Test
    void a_token_for_another_application_of_the_realm_is_refused() {
        refused(Keycloak.signIn("another-application", "alice").getString("access_token"));
    }

    @Test
    void a_token_with_other_claims_than_were_signed_is_refused() {
        String[] parts = access("bob").split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"affiliate\"");
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("\"affiliate\"", "\"admin\"").getBytes(StandardCharsets.UTF_8));
        refused(parts[0] + "." + forged + "." + parts[2]);
    }

    @Test
    void a_new_key_of_the_realm_is_known_soon_and_the_old_one_stays_good() {
        String before = access("alice");
        ask(before).statusCode(200);
        Keycloak.rotateKey();
        String after = access("alice");
        assertThat(after.split("\\.")[0]).isNotEqualTo(before.split("\\.")[0]);
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (ask(after).extract().statusCode() != 200)
            assertThat(System.nanoTime()).isLessThan(deadline);
        ask(before).statusCode(200);
    }

    private static String access(String user) {
        return Keycloak.signIn("back-office", user).getString("access_token");
    }

    private static ValidatableResponse ask(String token) {
        return given().header("Authorization", "Bearer " + token).get(GUARDED).then();
    }

    private static ValidatableResponse post(String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body("{}")
                .post(GUARDED)
                .then();
    }

    private static void refused(String token) {
        ask(token)
                .statusCode(401)
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("code", equalTo("unauthenticated"));
    }
}
