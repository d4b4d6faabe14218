package dev.tributary.program;

import static dev.tributary.program.Staff.PROGRAMS;
import static dev.tributary.program.Staff.as;
import static dev.tributary.program.Staff.post;
import static dev.tributary.program.Staff.program;
import static dev.tributary.program.Staff.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class MerchantKeysDatabaseTest {
    private static final Map<String, Object> SHOP = Map.of("name", "Shop", "scopes", List.of("track:write", "read"));

    private static String path(String program) {
        return PROGRAMS + "/" + program + "/api-keys";
    }

    @Test
    void a_key_is_shown_once_and_listed_without_its_secret() {
        String path = path(program());
        String secret = post(path, SHOP)
                .statusCode(201)
                .header("Location", startsWith("http"))
                .body("id", startsWith("key_"))
                .body("key.scopes", contains("read", "track:write"))
                .extract()
                .path("secret");
        assertThat(secret).startsWith("trk_");
        String listed = as("support").get(path).then().statusCode(200).extract().asString();
        assertThat(listed).contains("\"Shop\"", "\"active\"").doesNotContain(secret);
    }

    @Test
    void a_repeated_request_gets_the_same_key_without_its_secret() {
        String path = path(program());
        String once = unique();
        String first = as("admin")
                .header("Idempotency-Key", once)
                .body(SHOP)
                .post(path)
                .then()
                .statusCode(201)
                .body("secret", notNullValue())
                .extract()
                .path("id");
        as("admin")
                .header("Idempotency-Key", once)
                .body(SHOP)
                .post(path)
                .then()
                .statusCode(201)
                .body("id", equalTo(first))
                .body("secret", nullValue());
    }

    @Test
    void the_record_of_changes_has_the_scopes_and_not_the_secret() {
        String id = post(path(program()), SHOP).extract().path("id");
        as("admin")
                .get("/api/admin/audit?action=api_key.create&objectId=" + id)
                .then()
                .statusCode(200)
                .body("data[0].after.key.scopes", contains("read", "track:write"))
                .body("data[0].after.secret", equalTo("[redacted]"));
    }

    @Test
    void a_rotated_key_runs_out_and_a_new_one_has_its_name_and_scopes() {
        String path = path(program());
        String old = post(path, SHOP).extract().path("id");
        post(path + "/" + old + "/rotate", Map.of("overlapHours", 48))
                .statusCode(200)
                .body("id", not(equalTo(old)))
                .body("secret", startsWith("trk_"))
                .body("key.name", equalTo("Shop"))
                .body("key.scopes", contains("read", "track:write"));
        as("support")
                .get(path)
                .then()
                .body("data.find { it.id == '" + old + "' }.status", equalTo("expiring"))
                .body("data.find { it.id == '" + old + "' }.expiresAt", notNullValue());
    }

    @Test
    void a_revoked_key_stays_revoked_and_cannot_be_rotated() {
        String path = path(program());
        String id = post(path, SHOP).extract().path("id");
        as("admin").delete(path + "/" + id).then().statusCode(204);
        as("admin").delete(path + "/" + id).then().statusCode(204);
        as("support").get(path).then().body("data.status", contains("revoked"));
        post(path + "/" + id + "/rotate", Map.of()).statusCode(409);
    }

    @Test
    void a_key_of_another_program_is_not_found() {
        String id = post(path(program()), SHOP).extract().path("id");
        String other = path(program()) + "/" + id;
        as("admin").delete(other).then().statusCode(404);
        post(other + "/rotate", Map.of()).statusCode(404);
        post(path("prg_01h455vb4pex5vsknk084sn02q"), SHOP).statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'scopes': ['read']} | name | required",
                "{'name': 'X'} | scopes | required",
                "{'name': 'X', 'scopes': []} | scopes | required",
                "{'name': 'X', 'scopes': ['admin']} | scopes | unknown_value",
                "{'name': 'X', 'scopes': [null]} | scopes | unknown_value",
                "{'name': 'X', 'scopes': ['read'], 'secret': 'trk_mine'} | secret | unknown_field",
            })
    void a_bad_key_is_refused_with_its_field(String body, String field, String code) {
        post(path(program()), body.replace('\'', '"'))
                .statusCode(400)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].code", equalTo(code));
    }

    @Test
    void support_sees_keys_and_makes_none() {
        String path = path(program());
        String id = post(path, SHOP).extract().path("id");
        as("support").body(SHOP).post(path).then().statusCode(403);
        as("support").delete(path + "/" + id).then().statusCode(403);
        as("support").body("{}").post(path + "/" + id + "/rotate").then().statusCode(403);
    }
}
