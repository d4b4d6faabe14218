package dev.tributary.program;

import static dev.tributary.program.Staff.PROGRAMS;
import static dev.tributary.program.Staff.as;
import static dev.tributary.program.Staff.enrollment;
import static dev.tributary.program.Staff.id;
import static dev.tributary.program.Staff.patch;
import static dev.tributary.program.Staff.post;
import static dev.tributary.program.Staff.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class TiersDatabaseTest {
    private static final String GOLD =
            """
            {"name": "Gold", "minConversions": 50, "minRevenue": {"amount": 500000, "currency": "USD"}, "rateBps": 2000,
             "signUpBonus": {"amount": 1000, "currency": "USD"}, "minPayout": {"amount": 2500, "currency": "USD"},
             "perks": [{"icon": "rocket", "title": "Early access", "link": "https://shop.example.com/early"}]}
            """;

    @Inject
    Tiers tiers;

    @Inject
    Transactions transactions;

    private static String path(String program) {
        return PROGRAMS + "/" + program + "/tiers";
    }

    @Test
    void tiers_stand_from_the_lowest_up_and_a_new_one_above_the_others() {
        String program = program();
        post(path(program), Map.of("name", "Bronze", "rateBps", 1_000)).body("rank", equalTo(10));
        post(path(program), GOLD).body("rank", equalTo(20));
        post(path(program), Map.of("name", "Silver", "rateBps", 1_500, "rank", 15))
                .statusCode(201);
        as("support").get(path(program)).then().statusCode(200).body("data.name", contains("Bronze", "Silver", "Gold"));
        UUID asked = TypeId.PROGRAM.parse(program).orElseThrow();
        assertThat(transactions.read(c -> tiers.of(c, asked)).await().indefinitely())
                .extracting(Tier::rank)
                .containsExactly(10, 15, 20);
    }

    @Test
    void a_tier_is_made_changed_read_and_taken_away() {
        String program = program();
        String at = post(path(program), GOLD).statusCode(201).extract().header("Location");
        as("support")
                .get(at)
                .then()
                .statusCode(200)
                .body("minPayout", equalTo(Map.of("amount", 2_500, "currency", "USD")))
                .body("perks[0].title", equalTo("Early access"))
                .body("perks[0].description", nullValue());
        patch(at, "{\"minPayout\": null, \"perks\": [{\"title\": \"A private channel\"}]}")
                .statusCode(200)
                .body("minPayout", nullValue())
                .body("perks.title", contains("A private channel"))
                .body("rateBps", equalTo(2_000))
                .body("minRevenue.amount", equalTo(500_000));
        as("admin").delete(at).then().statusCode(204);
        as("admin").get(at).then().statusCode(404);
        as("admin").delete(at).then().statusCode(404);
        as("admin")
                .get("/api/admin/audit?action=tier.delete&objectId=" + at.substring(at.lastIndexOf('/') + 1))
                .then()
                .statusCode(200)
                .body("data[0].before.name", equalTo("Gold"))
                .body("data[0].after", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"name, gold", "rank, 10"})
    void a_name_or_a_rank_is_taken_once_in_a_program(String field, String value) {
        String program = program();
        id(post(path(program), GOLD));
        Object twin = field.equals("rank") ? Integer.valueOf(value) : value;
        Map<String, Object> body = new java.util.HashMap<>(Map.of("name", "Other", "rateBps", 1));
        body.put(field, twin);
        post(path(program), body).statusCode(409);
        id(post(path(program()), body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'rateBps': 1} | 400 | name | required",
                "{'name': 'X'} | 400 | rateBps | required",
                "{'name': 'X', 'rateBps': 10001} | 400 | rateBps | out_of_range",
                "{'name': 'X', 'rateBps': 1, 'rank': 0} | 400 | rank | out_of_range",
                "{'name': 'X', 'rateBps': 1, 'minConversions': -1} | 400 | minConversions | out_of_range",
                "{'name': 'X', 'rateBps': 1, 'minRevenue': {'amount': 1, 'currency': 'EUR'}} | 422 | minRevenue.currency | other_currency",
                "{'name': 'X', 'rateBps': 1, 'signUpBonus': {'amount': -1, 'currency': 'USD'}} | 422 | signUpBonus.amount | out_of_range",
                "{'name': 'X', 'rateBps': 1, 'perks': [null]} | 400 | perks[0].title | required",
                "{'name': 'X', 'rateBps': 1, 'perks': [{'title': 'Y', 'link': 'javascript:x'}]} | 400 | perks[0].link | not_http",
                "{'name': 'X', 'rateBps': 1, 'perks': [{'title': 'Y', 'price': 1}]} | 400 | perks[0].price | unknown_field",
            })
    void a_bad_tier_is_refused_with_its_field(String body, int status, String field, String code) {
        post(path(program()), body.replace('\'', '"'))
                .statusCode(status)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].code", equalTo(code));
    }

    @Test
    void a_tier_of_another_program_is_not_found() {
        String tier = id(post(path(program()), GOLD));
        String other = path(program()) + "/" + tier;
        as("admin").get(other).then().statusCode(404);
        patch(other, "{\"rateBps\": 1}").statusCode(404);
        as("admin").delete(other).then().statusCode(404);
        post(path("prg_01h455vb4pex5vsknk084sn02q"), GOLD).statusCode(404);
    }

    @Test
    void support_reads_tiers_and_changes_none() {
        String program = program();
        as("support").body(GOLD).post(path(program)).then().statusCode(403);
        String tier = id(post(path(program), GOLD));
        as("support").delete(path(program) + "/" + tier).then().statusCode(403);
    }

    @Test
    void a_tier_that_somebody_is_in_stays() {
        String program = program();
        String tier = id(post(path(program), GOLD));
        String member = PROGRAMS + "/" + program + "/enrollments/" + enrollment(program);
        patch(member, Map.of("tierId", tier)).statusCode(200).body("tierId", equalTo(tier));
        as("admin").delete(path(program) + "/" + tier).then().statusCode(409).body("code", equalTo("conflict"));
        patch(member, "{\"tierId\": null}").statusCode(200);
        as("admin").delete(path(program) + "/" + tier).then().statusCode(204);
    }

    @Test
    void a_program_has_at_most_fifty_tiers() {
        String path = path(program());
        for (int i = 1; i <= Tier.MOST; i++) id(post(path, Map.of("name", "T" + i, "rateBps", i)));
        post(path, Map.of("name", "One more", "rateBps", 1)).statusCode(409);
        as("support").get(path).then().statusCode(200).body("data", hasSize(Tier.MOST));
    }
}
