package dev.tributary;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which access tokens open the guarded paths. The issuer's key pair is the tests' own. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class SignInDatabaseTest {
    private static final String GUARDED = "/api/admin/programs";
    private static final String CLAIMS =
            "{\"iss\":\"https://issuer.test\",\"aud\":\"tributary\",\"sub\":\"mallory\",\"groups\":[\"admin\"],\"exp\":%d}";

    @Test
    void a_good_token_with_the_role_opens_the_path() {
        ask(claims().sign()).statusCode(200);
    }

    @Test
    void a_good_token_without_the_role_is_known_but_not_allowed() {
        ask(claims().groups("visitor").sign())
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("forbidden"));
        ask(claims().groups("ADMIN").sign()).statusCode(403);
        ask(claims().groups(Set.of()).sign()).statusCode(403);
    }

    @Test
    void without_a_token_the_path_asks_for_one() {
        refused(given().get(GUARDED).then());
        refused(given().auth().preemptive().basic("admin", "admin").get(GUARDED).then());
        refused(given().queryParam("access_token", claims().sign()).get(GUARDED).then());
    }

    @Test
    void alg_none_is_refused() {
        String claims = CLAIMS.formatted(inFiveMinutes());
        refused(ask(part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + part(claims) + "."));
        refused(ask(part("{\"alg\":\"None\"}") + "." + part(claims) + ".AAAA"));
        refused(ask(part("{\"typ\":\"JWT\"}") + "." + part(claims) + "."));
    }

    @Test
    void hs256_keyed_with_the_public_key_is_refused() throws IOException, GeneralSecurityException {
        String pem = resource("publicKey.pem");
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        for (byte[] secret : new byte[][] {pem.getBytes(StandardCharsets.US_ASCII), der}) {
            String signed = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(CLAIMS.formatted(inFiveMinutes()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            refused(ask(signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)))));
        }
    }

    @Test
    void a_key_that_the_token_brings_itself_is_refused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        refused(ask(claims().jws().sign(generator.generateKeyPair().getPrivate())));
        refused(ask(claims().jws()
                .header("jku", "https://evil.example/keys")
                .sign(generator.generateKeyPair().getPrivate())));
    }

    @Test
    void a_token_of_another_time_issuer_or_audience_is_refused() {
        refused(ask(claims().expiresAt(1_000_000).sign()));
        refused(ask(claims().issuer("https://evil.example").sign()));
        refused(ask(claims().issuer("https://issuer.test/").sign()));
        refused(ask(claims().audience("another-service").sign()));
        refused(ask(claims().claim("nbf", inFiveMinutes() * 2).sign()));
    }

    /** What a browser application gets about its user is meant for that application, not for this API. */
    @Test
    void an_id_token_is_refused() {
        refused(ask(
                claims().audience("some-browser-client").claim("nonce", "n-1").sign()));
        refused(ask(claims().claim("typ", "ID").claim("nonce", "n-1").sign()));
        refused(ask(claims().claim("at_hash", "77QmUPtjPfzWtF2AnpK9RQ").sign()));
        refused(ask(claims().claim("typ", "Refresh").sign()));
        ask(claims().claim("typ", "Bearer").sign()).statusCode(200);
    }

    /** A proxy may have looked at the one and we at the other. */
    @Test
    void two_authorization_headers_are_refused_even_if_both_are_good() {
        String good = "Bearer " + claims().sign();
        refused(given().headers(new Headers(new Header("Authorization", good), new Header("Authorization", good)))
                .get(GUARDED)
                .then());
        refused(given().headers(new Headers(new Header("Authorization", good), new Header("Authorization", "Bearer x")))
                .get(GUARDED)
                .then());
    }

    /** There is one key here; with an issuer, a name that is not among its keys makes it fetch them again. */
    @Test
    void a_key_id_does_not_choose_what_is_checked() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        refused(ask(
                claims().jws().keyId("unknown").sign(generator.generateKeyPair().getPrivate())));
        refused(ask(claims().jws()
                .keyId("../../dev/null")
                .sign(generator.generateKeyPair().getPrivate())));
    }

    @Test
    void every_guarded_path_and_method_is_refused_alike() {
        for (String path : List.of(
                "/api/admin/programs/prg_01h455vb4pex5vsknk084sn02q",
                "/api/admin/affiliates",
                "/api/admin/links",
                "/api/admin/clicks",
                "/api/admin/reports/clicks")) {
            refused(given().header("Authorization", "Bearer a.b.c").get(path).then());
        }
        refused(given().contentType("application/json").body("{}").post(GUARDED).then());
        refused(given().contentType("application/json").body("{").post(GUARDED).then());
    }

    @Test
    void support_reads_and_does_not_write() {
        ask(claims().groups("support").sign()).statusCode(200);
        given().header("Authorization", "Bearer " + claims().groups("support").sign())
                .contentType("application/json")
                .body("{}")
                .post(GUARDED)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @Test
    void a_token_that_was_tampered_with_is_refused() {
        String[] parts = claims().groups("affiliate").sign().split("\\.");
        refused(ask(parts[0] + "." + part(CLAIMS.formatted(inFiveMinutes())) + "." + parts[2]));
        refused(ask(parts[0] + "." + parts[1] + "."));
        refused(ask(parts[0] + "." + parts[1]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "a.b.c",
                "..",
                "....",
                "trk_0123456789",
                "eyJhbGciOiJSUzI1NiJ9",
                "eyJhbGciOiJSUzI1NiJ9.e30.AAAA",
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA",
            })
    void garbage_is_refused(String token) {
        refused(ask(token));
        refused(given().header("Authorization", "bearer  " + token).get(GUARDED).then());
        refused(given().header("Authorization", token).get(GUARDED).then());
    }

    @Test
    void a_token_of_many_kilobytes_is_refused_and_not_chewed_on() {
        given().header("Authorization", "Bearer " + "a".repeat(12_000))
                .get(GUARDED)
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + "a".repeat(20_000))
                .get(GUARDED)
                .then()
                .statusCode(431);
    }

    private static JwtClaimsBuilder claims() {
        return Jwt.issuer("https://issuer.test")
                .audience("tributary")
                .subject("tester")
                .groups("admin")
                .expiresIn(Duration.ofMinutes(5));
    }

    private static ValidatableResponse ask(String token) {
        return given().headers(Map.of("Authorization", "Bearer " + token))
                .get(GUARDED)
                .then();
    }

    private static void refused(ValidatableResponse response) {
        response.statusCode(401)
                .header("WWW-Authenticate", containsString("Bearer"))
                .contentType("application/problem+json")
                .body("code", equalTo("unauthenticated"));
    }

    private static long inFiveMinutes() {
        return System.currentTimeMillis() / 1_000 + 300;
    }

    private static String part(String json) {
        return base64(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SignInDatabaseTest.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
