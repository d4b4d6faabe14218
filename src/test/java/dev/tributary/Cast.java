package dev.tributary;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who may stand before the door: two affiliates of one program with objects of their own, keys of both and of the
 * program's merchant, and the staff. Made through the API as they would be.
 */
final class Cast {
    static final List<String> NAMES = List.of(
            "nobody",
            "affiliateB",
            "affiliateB's key",
            "merchant's key",
            "support",
            "finance",
            "admin",
            "affiliateA's key",
            "affiliateA");

    /** Ids that nothing has, by the prefix that a path's parameter is expected to have. */
    private static final String NOTHING = "01h455vb4pex5vsknk084sn02q";

    private final Map<String, @Nullable String> tokens = new HashMap<>();
    private final TreeMap<String, String> owned = new TreeMap<>();
    private final String admin = Tokens.as("cast-admin", "admin");

    Cast() {
        String suffix = Long.toString(System.nanoTime(), 36);
        String program = made(
                admin,
                "/api/admin/programs",
                """
                {"name": "Cast %s", "landingUrl": "https://cast.example.com/", "currency": "USD", "utmSource": "cast",
                 "autoApprove": true, "baseRateBps": 1000}
                """
                        .formatted(suffix));
        tokens.put("support", Tokens.as("cast-support", "support"));
        tokens.put("finance", Tokens.as("cast-finance", "finance"));
        tokens.put("admin", admin);
        tokens.put(
                "merchant's key",
                secret(
                        admin,
                        "/api/admin/programs/" + program + "/api-keys",
                        """
                        {"name": "shop", "scopes": ["track:write", "promo:apply", "read"]}
                        """));
        String a = affiliate("A", suffix, program);
        affiliate("B", suffix, program);
        own(a, "/api/affiliate/links", "{\"code\": \"cast-%s\"}".formatted(suffix));
        own(a, "/api/affiliate/campaigns", "{\"name\": \"Spring\"}");
        own(a, "/api/affiliate/api-keys", "{\"name\": \"to end\"}");
        // everybody's own of that month
        owned.put("/api/affiliate/statements", "2026-01");
        owned.put("/api/affiliate/applications", first(a, "/api/affiliate/applications"));
        owned.put("/api/affiliate/contests", contest(program));
        earn(a, suffix, program);
    }

    /** Of their program, and so both affiliates' to see. */
    private String contest(String program) {
        return made(
                admin,
                "/api/admin/contests",
                """
                {"programId": "%s", "name": "Cup", "metric": "sales", "startsAt": "2090-01-01T00:00:00Z",
                 "endsAt": "2090-02-01T00:00:00Z", "prizes": [{"description": "Fame"}]}
                """
                        .formatted(program));
    }

    private String affiliate(String name, String suffix, String program) {
        String token = Tokens.as("cast-" + name + suffix, "affiliate");
        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(
                        """
                        {"program": "%s", "name": "%s", "email": "%s-%s@example.com", "country": "DE",
                         "partnerType": "content", "promotion": "posts"}
                        """
                                .formatted(program, name, name, suffix))
                .post("/api/affiliate/register")
                .then()
                .statusCode(201);
        String id = first(token, "/api/affiliate/applications");
        given().header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body("{}")
                .post("/api/admin/applications/" + id + "/approve");
        tokens.put("affiliate" + name, token);
        tokens.put("affiliate" + name + "'s key", secret(token, "/api/affiliate/api-keys", "{\"name\": \"reports\"}"));
        return token;
    }

    /** A sale by hand, whose commission the job books soon after. */
    private void earn(String token, String suffix, String program) {
        String id = given().header("Authorization", "Bearer " + token)
                .get("/api/affiliate/profile")
                .path("affiliateId");
        given().header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body(
                        """
                        {"programId": "%s", "affiliateId": "%s", "externalId": "cast-%s",
                         "revenue": {"amount": 10000, "currency": "USD"}}
                        """
                                .formatted(program, id, suffix))
                .post("/api/admin/conversions")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body("{}")
                .post("/api/admin/jobs/commissions/runs")
                .then()
                .statusCode(202);
        String commissions = "/api/affiliate/commissions";
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String commission = first(token, commissions);
        while (commission == null && System.nanoTime() < deadline) commission = first(token, commissions);
        owned.put(commissions, Objects.requireNonNull(commission, "no commission after 30 s"));
    }

    private void own(String token, String path, String body) {
        owned.put(path, made(token, path, body));
    }

    private static String made(String token, String path, String body) {
        return posted(token, path, body).path("id");
    }

    private static String secret(String token, String path, String body) {
        return posted(token, path, body).path("secret");
    }

    private static Response posted(String token, String path, String body) {
        Response answer = given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post(path);
        answer.then().statusCode(201);
        return answer;
    }

    private static String first(String token, String path) {
        return given().header("Authorization", "Bearer " + token).get(path).path("data[0].id");
    }

    /** What a caller brings as a bearer token; null for nobody. */
    @Nullable
    String token(String name) {
        return tokens.get(name);
    }

    /** Whether the path leads to one object of an affiliate. */
    boolean owned(String path) {
        return path.startsWith("/api/affiliate/") && path.contains("{");
    }

    /** The path with affiliate A's object where there is one, and ids that nothing has elsewhere. */
    String fill(String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/")));
        String before = "";
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).startsWith("{")) {
                String object = owned.get(String.join("/", parts.subList(0, i)));
                parts.set(i, object == null ? other(before) : object);
            }
            before = parts.get(i);
        }
        return String.join("/", parts);
    }

    private static String other(String collection) {
        String prefix =
                switch (collection) {
                    case "programs" -> "prg_";
                    case "affiliates" -> "aff_";
                    case "links" -> "lnk_";
                    case "clicks" -> "clk_";
                    case "tiers" -> "tir_";
                    case "agreements" -> "agr_";
                    case "enrollments" -> "enr_";
                    case "applications" -> "app_";
                    case "api-keys" -> "key_";
                    case "runs" -> "run_";
                    case "conversions" -> "cnv_";
                    case "commissions" -> "cms_";
                    case "commission-rules" -> "crl_";
                    case "milestones" -> "mst_";
                    case "contests" -> "cts_";
                    case "import" -> "imp_";
                    case "stripe-secrets" -> "whs_";
                    case "adjustments" -> "adj_";
                    case "payouts" -> "pyt_";
                    case "payout-runs" -> "prn_";
                    case "payout-tasks" -> "ptk_";
                    default -> "";
                };
        return prefix.isEmpty() ? "none" : prefix + NOTHING;
    }
}
