package dev.tributary;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.problem.ProblemKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document: as kept in docs, whole, and true to the code. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ContractDatabaseTest {
    private static final Path KEPT = Path.of("docs/openapi.yaml");
    private static final String WRITE = "tributary.write-contract";
    private static final String COMMAND = "./mvnw test -Dtest=ContractDatabaseTest -D" + WRITE;

    private JsonObject document = new JsonObject();

    /** One operation with where it stands. */
    private record Op(String name, String path, String method, JsonObject json) {}

    @BeforeEach
    void read() {
        document = new JsonObject(get("/openapi?format=json").asString());
    }

    @Test
    void docs_openapi_yaml_is_what_is_served() throws IOException {
        String served = get("/openapi").asString();
        if (System.getProperty(WRITE) != null) Files.writeString(KEPT, served);
        assertThat(Files.exists(KEPT) ? Files.readString(KEPT) : "")
                .as("%s is not what /openapi serves; if the change is meant, run %s", KEPT, COMMAND)
                .isEqualTo(served);
    }

    @Test
    void it_is_openapi_3_1_with_title_version_server_and_licence() {
        assertThat(document.getString("openapi")).startsWith("3.1");
        JsonObject info = document.getJsonObject("info");
        assertThat(info.getString("title")).isEqualTo("Tributary");
        assertThat(info.getString("description")).contains("problem+json", "Idempotency-Key", "nextCursor");
        assertThat(info.getJsonObject("license").getString("name")).isEqualTo("Apache-2.0");
        assertThat(document.getJsonArray("servers")).hasSize(1);
    }

    @Test
    void every_operation_has_a_name_of_its_own_a_summary_a_description_and_a_known_tag() {
        Set<Object> tags = new HashSet<>();
        for (Object tag : document.getJsonArray("tags")) tags.add(((JsonObject) tag).getString("name"));
        Set<String> names = new HashSet<>();
        for (Op op : operations()) {
            assertThat(op.json.getString("operationId")).as(op.name).matches("[a-z][A-Za-z0-9]+");
            assertThat(names.add(op.json.getString("operationId")))
                    .as("%s: a name is used once", op.name)
                    .isTrue();
            assertThat(op.json.getString("summary")).as(op.name + " summary").isNotBlank();
            assertThat(op.json.getString("description"))
                    .as(op.name + " description")
                    .isNotBlank();
            assertThat(op.json.getJsonArray("tags", new JsonArray()))
                    .as(op.name + " tag")
                    .hasSize(1);
            assertThat(tags).as(op.name).contains(op.json.getJsonArray("tags").getString(0));
        }
    }

    @Test
    void every_success_has_a_description_and_every_body_a_schema_and_an_example() {
        for (Op op : operations()) {
            List<String> good = statuses(op).filter(s -> s.compareTo("400") < 0).toList();
            assertThat(good).as(op.name).isNotEmpty();
            for (String status : good) {
                JsonObject response = resolve(op.json.getJsonObject("responses").getJsonObject(status));
                assertThat(response.getString("description"))
                        .as(op.name + " " + status)
                        .isNotBlank();
                whole(op.name + " " + status, response);
            }
            if (op.json.containsKey("requestBody"))
                whole(op.name + " request", resolve(op.json.getJsonObject("requestBody")));
        }
    }

    @Test
    void every_parameter_says_what_it_is() {
        for (Op op : operations()) {
            for (Object parameter : op.json.getJsonArray("parameters", new JsonArray())) {
                JsonObject shown = resolve((JsonObject) parameter);
                assertThat(shown.getString("description"))
                        .as(op.name + " " + shown.getString("name"))
                        .isNotBlank();
                assertThat(shown.containsKey("schema"))
                        .as(op.name + " " + shown.getString("name"))
                        .isTrue();
            }
        }
    }

    @Test
    void guarded_operations_name_their_roles_and_what_they_refuse() {
        for (Op op : operations()) {
            boolean staff = op.path.startsWith("/api/admin/");
            boolean shop = op.path.matches("/api/track/(lead|sale|refund)");
            boolean checkout = op.path.matches("/api/discount-codes/(apply|redemptions/.*)");
            if (!staff && !shop && !checkout && !op.path.startsWith("/api/affiliate/")) {
                assertThat(op.json.containsKey("security")).as(op.name).isFalse();
                continue;
            }
            JsonObject proof = op.json.getJsonArray("security").getJsonObject(0);
            if (staff) assertThat(proof.getJsonArray("accessToken")).as(op.name).contains("admin");
            if (shop) assertThat(proof.getJsonArray("apiKey")).as(op.name).containsExactly("track:write");
            if (checkout) assertThat(proof.getJsonArray("apiKey")).as(op.name).containsExactly("promo:apply");
            assertThat(statuses(op)).as(op.name).contains("401", "403", "503");
            if (op.path.contains("{")) assertThat(statuses(op)).as(op.name).contains("404");
            if (op.json.containsKey("requestBody"))
                assertThat(statuses(op)).as(op.name).contains("400", "413", "415");
        }
    }

    @Test
    void every_refusal_is_problem_json_with_its_codes() {
        for (Op op : operations()) {
            if (op.path.startsWith("/q/")) continue;
            if (op.path.startsWith("/api/"))
                assertThat(statuses(op)).as(op.name).contains("503");
            statuses(op).filter(s -> s.compareTo("400") >= 0).forEach(status -> {
                JsonObject response = resolve(op.json.getJsonObject("responses").getJsonObject(status));
                JsonObject body = response.getJsonObject("content").getJsonObject("application/problem+json");
                assertThat(body).as(op.name + " " + status).isNotNull();
                for (Object code : codes(body)) {
                    ProblemKind kind = Arrays.stream(ProblemKind.values())
                            .filter(k -> k.code().equals(code))
                            .findFirst()
                            .orElseThrow();
                    assertThat(kind.status()).as(op.name + " " + code).isEqualTo(Integer.parseInt(status));
                }
                if (status.equals("503"))
                    assertThat(response.getJsonObject("headers").containsKey("Retry-After"))
                            .isTrue();
            });
        }
    }

    @Test
    void every_code_of_the_program_is_explained_and_no_other() {
        Set<String> known = new TreeSet<>();
        for (ProblemKind kind : ProblemKind.values()) known.add(kind.code());
        Set<String> told = new TreeSet<>();
        Matcher row = Pattern.compile("\\| [0-9]{3} \\| `([a-z_]+)` \\|")
                .matcher(document.getJsonObject("info").getString("description"));
        while (row.find()) told.add(row.group(1));
        assertThat(told).isEqualTo(known);
        Set<String> answered = new TreeSet<>();
        for (Map.Entry<String, Object> response : components("responses")) {
            JsonObject content = ((JsonObject) response.getValue()).getJsonObject("content");
            codes(content.getJsonObject("application/problem+json")).forEach(code -> answered.add((String) code));
        }
        assertThat(known).containsAll(answered);
        assertThat(components("examples").fieldNames()).containsAll(known);
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_used() {
        Set<String> used = new HashSet<>();
        walk(document, (key, value) -> {
            if (key.equals("$ref")) {
                used.add((String) value);
                assertThat(at((String) value)).as((String) value).isNotNull();
            }
            assertThat(key).as("left over from the source").isNotEqualTo("x-problems");
        });
        for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
            for (String name : components(kind).fieldNames())
                assertThat(used).contains("#/components/" + kind + "/" + name);
        }
    }

    @Test
    void the_plain_routes_are_told_too() {
        Map<String, String> routes = new HashMap<>();
        operations().forEach(op -> routes.put(op.method + " " + op.path, op.name));
        assertThat(routes)
                .containsKeys(
                        "get /r/{code}",
                        "get /r/{code}/{deepPath}",
                        "get /t.js",
                        "post /api/track/click",
                        "get /api/discount-codes/validate",
                        "get /q/health/live",
                        "get /q/health/ready",
                        "get /metrics");
    }

    @Test
    void the_page_to_try_it_is_served() {
        assertThat(get("/swagger/").statusCode()).isEqualTo(200);
    }

    private List<Op> operations() {
        List<Op> all = new ArrayList<>();
        for (Map.Entry<String, Object> item : document.getJsonObject("paths")) {
            for (Map.Entry<String, Object> op : (JsonObject) item.getValue()) {
                all.add(new Op(
                        op.getKey() + " " + item.getKey(), item.getKey(), op.getKey(), (JsonObject) op.getValue()));
            }
        }
        assertThat(all).hasSizeGreaterThan(20);
        return all;
    }

    private static Stream<String> statuses(Op op) {
        return op.json.getJsonObject("responses").fieldNames().stream();
    }

    /** Each form of a body: its schema, and an example of it. */
    private void whole(String where, JsonObject holder) {
        for (Map.Entry<String, Object> body : holder.getJsonObject("content", new JsonObject())) {
            JsonObject json = (JsonObject) body.getValue();
            assertThat(json.containsKey("schema"))
                    .as("%s %s schema", where, body.getKey())
                    .isTrue();
            assertThat(json.containsKey("example") || json.containsKey("examples"))
                    .as("%s %s example", where, body.getKey())
                    .isTrue();
        }
    }

    private static Iterable<Object> codes(JsonObject body) {
        return body.getJsonObject("schema")
                .getJsonArray("allOf")
                .getJsonObject(1)
                .getJsonObject("properties")
                .getJsonObject("code")
                .getJsonArray("enum");
    }

    private JsonObject components(String kind) {
        return document.getJsonObject("components").getJsonObject(kind);
    }

    private JsonObject resolve(JsonObject json) {
        return json.containsKey("$ref") ? (JsonObject) at(json.getString("$ref")) : json;
    }

    private Object at(String reference) {
        String[] steps = reference.split("/");
        return components(steps[2]).getValue(steps[3]);
    }

    private static void walk(Object node, BiConsumer<String, Object> seen) {
        if (node instanceof JsonObject object) {
            for (Map.Entry<String, Object> entry : object) {
                seen.accept(entry.getKey(), entry.getValue());
                walk(entry.getValue(), seen);
            }
        } else if (node instanceof JsonArray array) {
            array.forEach(value -> walk(value, seen));
        }
    }
}
