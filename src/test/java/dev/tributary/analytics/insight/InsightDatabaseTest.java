package dev.tributary.analytics.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.analytics.figure.Happened;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands out, and that nothing does where nothing should. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class InsightDatabaseTest {
    private static final String OWN = "/api/affiliate/insights";
    private static final String STAFF = "/api/admin/insights?programId=";

    @Inject
    Pool pool;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private Promoter ada;
    private Happened happened;

    @BeforeEach
    void one_of_them() {
        ada = Promoter.in(pool, "UTC");
        happened = new Happened(pool, ada);
    }

    @Test
    void a_rise_and_a_good_source_are_found_with_their_evidence() {
        happened.clicks(today.minusDays(5), "newsletter", 1_200, 1_000)
                .sales(today.minusDays(5), "newsletter", 100, 5_000)
                .clicks(today.minusDays(5), "blog", 1_200, 1_000)
                .sales(today.minusDays(5), "blog", 20, 5_000)
                .clicks(today.minusDays(35), "blog", 2_400, 2_000)
                .sales(today.minusDays(35), "blog", 40, 5_000)
                .sales(today, "blog", 500, 5_000)
                .fold(today);

        JsonPath found = ada.asks()
                .get(OWN)
                .then()
                .statusCode(200)
                .body("to", equalTo(today.toString()))
                .body("rules.rule", hasItems("channel", "count_change", "held_money"))
                .body("rules.rule", not(hasItems("fraud_risk")))
                .extract()
                .jsonPath();
        Map<String, Object> sales =
                found.getMap("data.find { it.rule == 'count_change' && it.text.startsWith('Sales') }");
        assertThat(sales).containsEntry("text", "Sales: 120, up 200 % from 40").containsEntry("tone", "good");
        assertThat(found.getList(
                        "data.findAll { it.rule == 'channel' && it.text.startsWith('Source') }.text", String.class))
                .containsExactlyInAnyOrder(
                        "Source newsletter: 10.0 % of visitors buy, 2.0 % of all others; a click brings 4.16 EUR",
                        "Source blog: 2.0 % of visitors buy, 10.0 % of all others; a click brings 0.83 EUR");
        assertThat(found.getList("data.find { it.rule == 'rate_change' }.evidence.name", String.class))
                .containsExactly("rate", "now", "before", "cases", "casesBefore", "z");
        assertThat(found.getList("data")).hasSizeLessThanOrEqualTo(20);
        assertThat(ada.asks().accept("text/csv").get(OWN).asString()).startsWith("kind,rule,tone,text,evidence\r\n");
    }

    @Test
    void staff_see_who_sells_more_and_who_is_not_to_be_trusted() {
        happened.sales(today.minusDays(2), "", 60, 1_000)
                .run("UPDATE affiliate SET fraud_status = 'held', fraud_score = 90 WHERE id = $1", Tuple.of(ada.id()))
                .run("INSERT INTO fraud_score VALUES ($1, 90, '{velocity}', now())", Tuple.of(ada.id()))
                .fold(today);

        staff().get(STAFF + ada.programId())
                .then()
                .statusCode(200)
                .body(
                        "data[0].rule",
                        equalTo("fraud_risk"),
                        "data[0].text",
                        equalTo("Ada: fraud status held, score 90"))
                .body("data[0].evidence.find { it.name == 'reason' }.value", equalTo("velocity"))
                .body("data.find { it.rule == 'affiliate_change' }.text", equalTo("Ada: sales 60, none before"));
        staff().get(STAFF + ada.programId() + "&affiliateId=" + TypeId.AFFILIATE.format(ada.id()))
                .then()
                .statusCode(200)
                .body("data.rule", not(hasItems("fraud_risk")));
    }

    @Test
    void a_program_without_anything_has_nothing_that_stands_out() {
        ada.asks().get(OWN).then().statusCode(200).body("data", hasSize(0));
        staff().get(STAFF + ada.programId()).then().statusCode(200).body("data", hasSize(0));
    }

    @Test
    void days_are_whole_and_end_with_yesterday() {
        ada.asks()
                .get(OWN + "?period=today")
                .then()
                .statusCode(200)
                .body("from", equalTo(today.minusDays(1).toString()), "to", equalTo(today.toString()));
        ada.asks()
                .get(OWN + "?from=" + today.minusDays(3))
                .then()
                .statusCode(200)
                .body("from", equalTo(today.minusDays(3).toString()), "to", equalTo(today.toString()));
        ada.asks().get(OWN + "?from=" + today).then().statusCode(400).body("errors[0].field", equalTo("from"));
    }

    private static RequestSpecification staff() {
        return given().auth().oauth2(Tokens.of("support")).accept("application/json");
    }
}
