package dev.tributary.promo;

import static dev.tributary.promo.Store.CODES;
import static dev.tributary.promo.Store.staff;
import static dev.tributary.promo.Store.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many codes alike at once. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class BatchesDatabaseTest {
    private static final String BATCHES = CODES + "/batches";

    @Test
    void ten_thousand_codes_are_made_at_once_all_different_and_usable() {
        Store store = Store.open();
        ValidatableResponse made = persistent(batch(store, 10_000)).statusCode(201);
        List<String> codes = made.extract().path("codes");
        String id = made.extract().path("id");

        assertThat(new HashSet<>(codes)).hasSize(10_000);
        assertThat(codes).allMatch(code -> code.matches("VIP-[0-9A-HJKMNP-TV-Z]{10}"));
        staff("admin")
                .get(CODES + "?batchId=" + id + "&limit=3")
                .then()
                .statusCode(200)
                .body("data", hasSize(3));
        store.apply("cust", 1_000, codes.get(77)).statusCode(201).body("discount.amount", equalTo(500));
    }

    @Test
    void the_same_key_gives_the_same_codes_as_json_and_as_csv() {
        Store store = Store.open();
        String key = unique();
        String first = staff("admin")
                .header("Idempotency-Key", key)
                .body(batch(store, 3))
                .post(BATCHES)
                .then()
                .statusCode(201)
                .extract()
                .path("codes[0]");
        String csv = staff("admin")
                .accept("text/csv")
                .header("Idempotency-Key", key)
                .body(batch(store, 3))
                .post(BATCHES)
                .then()
                .statusCode(201)
                .contentType("text/csv")
                .extract()
                .asString();

        assertThat(csv.lines()).hasSize(4).startsWith("code", first);
    }

    @Test
    void what_cannot_be_generated_is_refused() {
        Store store = Store.open();
        staff("admin").body(batch(store, 10_001)).post(BATCHES).then().statusCode(422);
        staff("admin").body(batch(store, 0)).post(BATCHES).then().statusCode(422);
        staff("admin").body(Map.of("count", 3)).post(BATCHES).then().statusCode(400);
        staff("admin")
                .body(Map.of("count", 3, "prefix", "V P", "template", template(store)))
                .post(BATCHES)
                .then()
                .statusCode(400);
        staff("support").body(batch(store, 3)).post(BATCHES).then().statusCode(403);
    }

    /** On a machine that is busy with other tests it may take longer than a request may: then again, by the same key. */
    private static ValidatableResponse persistent(Map<String, Object> batch) {
        String key = unique();
        ValidatableResponse answer = staff("admin")
                .header("Idempotency-Key", key)
                .body(batch)
                .post(BATCHES)
                .then();
        for (int i = 0; i < 5 && answer.extract().statusCode() == 503; i++)
            answer = staff("admin")
                    .header("Idempotency-Key", key)
                    .body(batch)
                    .post(BATCHES)
                    .then();
        return answer;
    }

    private static Map<String, Object> batch(Store store, int count) {
        return Map.of("count", count, "prefix", "VIP-", "template", template(store));
    }

    private static Map<String, Object> template(Store store) {
        return Map.of("programId", store.program, "discountType", "fixed_amount", "discountValue", 500, "maxUses", 1);
    }
}
