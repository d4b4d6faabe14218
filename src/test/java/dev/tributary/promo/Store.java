package dev.tributary.promo;

import static io.restassured.RestAssured.given;

import dev.tributary.Tokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A merchant with a program in EUR and a key, and what staff do for it through the API. */
public final class Store {
    public static final String CODES = "/api/admin/discount-codes";
    public static final String APPLY = "/api/discount-codes/apply";
    public static final String REDEMPTIONS = "/api/discount-codes/redemptions/";

    public final String program;
    private final String key;

    private Store(String program, String key) {
        this.program = program;
        this.key = key;
    }

    public static Store open() {
        return of(staff("admin")
                .body(Map.of("name", "P " + unique(), "landingUrl", "https://shop.example.com/", "currency", "EUR"))
                .post("/api/admin/programs")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** Of a program that is there. */
    public static Store of(String program) {
        String key = staff("admin")
                .body(Map.of("name", "Shop", "scopes", List.of("promo:apply")))
                .post("/api/admin/programs/" + program + "/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
        return new Store(program, key);
    }

    public static RequestSpecification staff(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json").contentType("application/json");
    }

    /** With the merchant's key. */
    public RequestSpecification server() {
        return given().header("Authorization", "Bearer " + key)
                .accept("application/json")
                .contentType("application/json");
    }

    public static String unique() {
        return UUID.randomUUID().toString().substring(24).toUpperCase();
    }

    /** A new code's answer: 20 % off unless the fields say otherwise. */
    public ValidatableResponse make(String code, Map<String, ?> fields) {
        Map<String, Object> body = new HashMap<>();
        body.put("programId", program);
        body.put("code", code);
        body.put("discountType", "percentage");
        body.put("discountValue", 2_000);
        body.putAll(fields);
        return staff("admin").body(body).post(CODES).then();
    }

    /** The id of a new code. */
    public String code(String code, Map<String, ?> fields) {
        return make(code, fields).statusCode(201).extract().path("id");
    }

    public ValidatableResponse apply(String customer, long amount, String... codes) {
        return apply(Map.of("codes", List.of(codes), "customerExternalId", customer, "amount", eur(amount)));
    }

    public ValidatableResponse apply(Map<String, ?> body) {
        return server().body(body).post(APPLY).then();
    }

    public static Map<String, Object> eur(long amount) {
        return Map.of("amount", amount, "currency", "EUR");
    }
}
