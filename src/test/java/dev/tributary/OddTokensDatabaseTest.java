package dev.tributary;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens with a good signature and claims that no issuer should write: they open nothing, and break nothing. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class OddTokensDatabaseTest {
    private static final String GUARDED = "/api/admin/programs";
    private static final List<String> SUBJECTS =
            List.of("", " ", "a\u0000b", "\ud800", "x".repeat(8_000), "' OR 1=1 --");

    @Test
    void what_only_looks_like_a_role_is_none() {
        List<String> roles = List.of(
                "admin,support", "admin\u0000", " admin", "admin ", "Admin", "ADMIN", "\u0430dmin", "support admin");
        assertThat(asked(claims().claim("groups", roles).sign()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_role_in_another_claim_counts_for_nothing() {
        for (String claim : List.of("roles", "role", "scope", "scp", "permissions", "authorities", "cognito:groups"))
            assertThat(asked(claims().claim(claim, List.of("admin")).sign()).statusCode())
                    .as(claim)
                    .isEqualTo(403);
        assertThat(asked(claims().claim("realm_access", Map.of("roles", List.of("admin")))
                                .sign())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void thousands_of_roles_are_no_trouble() {
        List<String> roles =
                java.util.stream.IntStream.range(0, 500).mapToObj(i -> "r" + i).toList();
        assertThat(asked(claims().claim("groups", roles).sign()).statusCode()).isEqualTo(403);
    }

    /** It is what an account is bound by: a text that is none must not meet another that is none. */
    @Test
    void a_subject_that_is_none_is_nobodys_account() {
        for (String subject : SUBJECTS) refusedAsAffiliate(claims().subject(subject));
        refusedAsAffiliate(nameless());
    }

    private static void refusedAsAffiliate(JwtClaimsBuilder claims) {
        String token = claims.groups("affiliate").sign();
        for (String path : List.of("/api/affiliate/profile", "/api/affiliate/links", "/api/affiliate/api-keys"))
            assertThat(with(token).get(path).statusCode()).as(path).isIn(401, 403);
        assertThat(with(token)
                        .body("{\"name\": \"n\"}")
                        .post("/api/affiliate/api-keys")
                        .statusCode())
                .isIn(401, 403);
    }

    @Test
    void a_subject_that_is_none_breaks_no_registration_and_no_trace() {
        for (String subject : SUBJECTS) {
            String token = claims().subject(subject)
                    .groups(Set.of("affiliate", "admin"))
                    .sign();
            assertThat(with(token)
                            .body("{\"program\": \"none\", \"name\": \"n\", \"email\": \"n@example.com\","
                                    + " \"country\": \"DE\", \"partnerType\": \"content\", \"promotion\": \"p\"}")
                            .post("/api/affiliate/register")
                            .statusCode())
                    .isIn(400, 401, 403, 404);
            assertThat(with(token)
                            .body("{\"name\": \"Odd\", \"landingUrl\": \"https://odd.example.com/\","
                                    + " \"currency\": \"USD\"}")
                            .post(GUARDED)
                            .statusCode())
                    .as("made by [%s]", subject.length() > 20 ? "a long one" : subject)
                    .isLessThan(500);
        }
    }

    /** A key's id is shown in lists: a token of that subject is not that key. */
    @Test
    void a_token_named_like_a_key_or_like_the_system_is_neither() {
        for (String subject : List.of("system", "anonymous", "key:key_01h455vb4pex5vsknk084sn02q")) {
            String token = claims().subject(subject).groups("support").sign();
            with(token).get("/api/affiliate/v1/stats").then().statusCode(403).body("code", equalTo("forbidden"));
            with(token).get("/api/affiliate/profile").then().statusCode(403);
        }
    }

    private static Response asked(String token) {
        return with(token).get(GUARDED);
    }

    private static io.restassured.specification.RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static JwtClaimsBuilder claims() {
        return nameless().subject("odd");
    }

    private static JwtClaimsBuilder nameless() {
        return Jwt.issuer("https://issuer.test").audience(Set.of("tributary")).expiresIn(Duration.ofMinutes(5));
    }
}
