package dev.tributary;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** An issuer that is away when the process starts, comes, and changes its keys; roles deep inside the token. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(IssuerAwayDatabaseTest.Away.class)
class IssuerAwayDatabaseTest {
    /** Sign-in by an address where nobody listens yet. */
    public static final class Away implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.oidc.auth-server-url", "http://127.0.0.1:" + freePort() + "/realms/tributary",
                    "quarkus.oidc.public-key", "",
                    "quarkus.oidc.token.issuer", "",
                    "quarkus.oidc.token.audience", "tributary",
                    "quarkus.oidc.roles.role-claim-path", "realm_access/roles");
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    URI address;

    @Test
    void the_process_starts_without_its_issuer_and_signs_in_as_soon_as_there_is_one() throws IOException {
        try (Issuer issuer = new Issuer(address)) {
            String token = issuer.token("admin");
            away(ask(token));
            away(ask(token));
            given().get("/t.js").then().statusCode(200);
            given().redirects().follow(false).get("/r/nobody-has-this").then().statusCode(404);

            silent(token);
            issuer.start();
            ask(token).statusCode(200);
            ask(issuer.token("affiliate")).statusCode(403);
            ask(issuer.token("Admin")).statusCode(403);

            manyUnknownKeys(issuer);
        }
    }

    /** An issuer that is stopped where it stands accepts connections and answers nothing. */
    private void silent(String token) throws IOException {
        try (ServerSocket listening =
                new ServerSocket(address.getPort(), 50, InetAddress.getByName(address.getHost()))) {
            assertThat(listening.isBound()).isTrue();
            away(ask(token));
            away(ask(token));
        }
    }

    /** Each could make us fetch the keys again, so that a stranger could have us flood the issuer. */
    private static void manyUnknownKeys(Issuer issuer) {
        int before = issuer.keysFetched();
        for (int i = 0; i < 50; i++)
            ask(issuer.tokenOfUnknownKey("made-up-" + i)).statusCode(401);
        assertThat(issuer.keysFetched() - before).isLessThanOrEqualTo(2);
    }

    private static ValidatableResponse ask(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/api/admin/programs")
                .then();
    }

    private static void away(ValidatableResponse answer) {
        answer.statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("[0-9]+"))
                .body("code", equalTo("unavailable"));
    }
}
