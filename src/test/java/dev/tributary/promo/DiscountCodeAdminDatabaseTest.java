package dev.tributary.promo;

import static dev.tributary.promo.Store.CODES;
import static dev.tributary.promo.Store.staff;
import static dev.tributary.promo.Store.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discount codes and plans as staff make and change them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class DiscountCodeAdminDatabaseTest {
    @Test
    void a_code_has_every_field_it_was_given() {
        Store store = Store.open();
        plan(store, "basic");
        plan(store, "pro");
        String text = unique();
        Map<String, Object> fields = new HashMap<>();
        fields.put("description", "Launch");
        fields.put("discountType", "fixed_amount");
        fields.put("discountValue", 500);
        fields.put("duration", "repeating");
        fields.put("durationMonths", 3);
        fields.put("maxUses", 100);
        fields.put("maxUsesPerCustomer", 2);
        fields.put("minimumPlan", "pro");
        fields.put("plans", List.of("pro"));
        fields.put("products", List.of("BOOK"));
        fields.put("stackable", true);
        fields.put("startsAt", "2026-01-01T00:00:00Z");
        fields.put("expiresAt", "2098-01-01T00:00:00Z");
        String id = store.code(text, fields);

        staff("support")
                .get(CODES + "/" + id)
                .then()
                .statusCode(200)
                .body("id", startsWith("dsc_"), "code", equalTo(text), "currency", equalTo("EUR"))
                .body("discountValue", equalTo(500), "duration", equalTo("repeating"), "durationMonths", equalTo(3))
                .body("maxUses", equalTo(100), "maxUsesPerCustomer", equalTo(2), "minimumPlan", equalTo("pro"))
                .body("plans", equalTo(List.of("pro")), "products", equalTo(List.of("BOOK")))
                .body("stackable", equalTo(true), "status", equalTo("active"), "uses", equalTo(0))
                .body("startsAt", equalTo("2026-01-01T00:00:00Z"), "affiliateId", nullValue());
    }

    @Test
    void a_code_is_used_once_by_a_customer_unless_it_says_otherwise() {
        Store store = Store.open();
        store.make(unique(), Map.of())
                .statusCode(201)
                .body("maxUsesPerCustomer", equalTo(1), "maxUses", nullValue(), "duration", equalTo("once"));
    }

    @Test
    void twins_by_case_are_a_conflict_even_with_an_archived_one() {
        Store store = Store.open();
        String text = unique();
        String id = store.code(text, Map.of());
        store.make(text.toLowerCase(), Map.of()).statusCode(409).body("code", equalTo("conflict"));
        staff("admin").delete(CODES + "/" + id).then().statusCode(204);
        staff("admin").delete(CODES + "/" + id).then().statusCode(204);
        store.make(text, Map.of()).statusCode(409);
    }

    @Test
    void a_code_is_paused_activated_and_archived_for_ever() {
        Store store = Store.open();
        String id = store.code(unique(), Map.of());
        for (String status : List.of("paused", "active", "archived"))
            change(id, Map.of("status", status)).statusCode(200).body("status", equalTo(status));
        change(id, Map.of("status", "active")).statusCode(409);
        change(id, Map.of("status", "expired")).statusCode(422).body("errors[0].field", equalTo("status"));
    }

    @Test
    void what_makes_a_code_what_it_is_cannot_change() {
        Store store = Store.open();
        String id = store.code(unique(), Map.of());
        change(id, Map.of("code", "OTHER1")).statusCode(400).body("errors[0].code", equalTo("read_only"));
        change(id, Map.of("programId", store.program)).statusCode(400);
        change(id, Map.of("surprise", 1)).statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "discountValue, -1, 422, out_of_range",
        "discountValue, 10001, 422, out_of_range",
        "discountValue, 1.5, 400, ",
        "discountValue, '\"20\"', 400, ",
        "maxUses, 0, 422, out_of_range",
        "maxUses, -3, 422, out_of_range",
        "maxUsesPerCustomer, 0, 422, out_of_range",
        "durationMonths, 3, 400, required",
        "duration, '\"repeating\"', 400, required",
        "duration, '\"sometimes\"', 400, ",
        "minimumPlan, '\"gold\"', 422, unknown_plan",
        "plans, '[\"gold\"]', 422, unknown_plan",
        "products, '[\"\"]', 400, malformed",
        "expiresAt, '\"1970-01-01T00:00:00Z\"', 422, out_of_range",
        "expiresAt, '\"2099-06-01T00:00:00Z\"', 422, out_of_range",
        "expiresAt, '\"2020-01-01T00:00:00Z\"', 422, over",
        "expiresAt, '\"soon\"', 400, ",
        "status, '\"expired\"', 422, not_a_choice"
    })
    void a_field_that_cannot_be_so_is_named(String field, String json, int status, String code) {
        Store store = Store.open();
        String body = "{\"programId\": \"%s\", \"code\": \"%s\", \"discountType\": \"percentage\"%s, \"%s\": %s}"
                .formatted(
                        store.program,
                        unique(),
                        field.equals("discountValue") ? "" : ", \"discountValue\": 2000",
                        field,
                        json);
        var answer = staff("admin").body(body).post(CODES).then().statusCode(status);
        answer.contentType("application/problem+json");
        if (code != null) answer.body("errors.code", hasItem(code));
    }

    @ParameterizedTest
    @CsvSource({"AB CD", "A\u200BB", "\u0410\u0412\u0421", "A", "-AB"})
    void a_text_that_cannot_be_told_apart_is_no_code(String text) {
        Store.open().make(text, Map.of()).statusCode(400).body("errors[0].field", equalTo("code"));
    }

    @Test
    void a_list_is_narrowed_by_status_text_and_affiliate() {
        Store store = Store.open();
        String mark = unique();
        String paused = store.code(mark + "A", Map.of());
        store.code(mark + "B", Map.of("description", "For the fair"));
        change(paused, Map.of("status", "paused")).statusCode(200);

        listed(store, "status=paused").body("data.code", equalTo(List.of(mark + "A")));
        listed(store, "status=active").body("data.code", equalTo(List.of(mark + "B")));
        listed(store, "search=" + mark.toLowerCase()).body("data", hasSize(2));
        listed(store, "search=the fair").body("data.code", equalTo(List.of(mark + "B")));
        listed(store, "search=%25").body("data", hasSize(0));
        listed(store, "affiliateId=aff_01h455vb4pex5vsknk084sn02q").body("data", hasSize(0));
        staff("admin").get(CODES + "?status=odd").then().statusCode(400);
        staff("admin").get(CODES + "?sort=code").then().statusCode(400);
        String csv = staff("admin")
                .accept("text/csv")
                .get(CODES + "?programId=" + store.program)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv.lines().count()).isEqualTo(3);
        assertThat(csv).contains(mark + "A").contains(mark + "B");
    }

    private static io.restassured.response.ValidatableResponse listed(Store store, String filter) {
        return staff("admin")
                .urlEncodingEnabled(false)
                .get(CODES + "?programId=" + store.program + "&" + filter.replace(" ", "%20"))
                .then()
                .statusCode(200);
    }

    @Test
    void a_program_has_ordered_plans_and_keeps_those_that_codes_ask_for() {
        Store store = Store.open();
        String path = "/api/admin/programs/" + store.program + "/plans";
        String basic = plan(store, "basic");
        String pro = plan(store, "pro");
        staff("support").get(path).then().statusCode(200).body("data.slug", equalTo(List.of("basic", "pro")));
        staff("admin").body(Map.of("slug", "pro")).post(path).then().statusCode(409);
        staff("admin").body(Map.of("slug", "No Good")).post(path).then().statusCode(400);
        staff("admin")
                .body(Map.of("position", 30))
                .patch(path + "/" + basic)
                .then()
                .statusCode(200);
        staff("admin").get(path).then().body("data.slug", equalTo(List.of("pro", "basic")));
        store.code(unique(), Map.of("minimumPlan", "pro"));
        staff("admin").delete(path + "/" + pro).then().statusCode(409);
        staff("admin").delete(path + "/" + basic).then().statusCode(204);
    }

    private static String plan(Store store, String slug) {
        return staff("admin")
                .body(Map.of("slug", slug))
                .post("/api/admin/programs/" + store.program + "/plans")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static io.restassured.response.ValidatableResponse change(String id, Map<String, ?> fields) {
        return staff("admin").body(fields).patch(CODES + "/" + id).then();
    }
}
