package dev.tributary.payout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.embedded.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a program pays out, as staff set it. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class PayoutTermsApiDatabaseTest {
    @Inject
    Pool pool;

    private String terms = "";

    @BeforeEach
    void a_program() {
        terms = "/api/admin/programs/" + Promoter.in(pool, "UTC").programId() + "/payout-terms";
    }

    private static RequestSpecification staff(String role) {
        return given().auth()
                .oauth2(Tokens.as("terms-" + role, role))
                .accept("application/json")
                .contentType("application/json");
    }

    @Test
    void terms_that_nobody_set_are_careful_with_papers_and_what_is_set_stays() {
        staff("support")
                .get(terms)
                .then()
                .statusCode(200)
                .body("coolingHours", equalTo(72), "taxFormRequired", equalTo(true), "verifiedPapers", equalTo(false))
                .body("fee.amount", equalTo(0), "feeMost", nullValue(), "dayOfMonth", equalTo(1))
                .body("automaticUnder.currency", equalTo("EUR"), "daily", equalTo(true), "requests", equalTo(true));

        staff("finance")
                .body(
                        """
                        {"fee": {"amount": 25, "currency": "EUR"}, "feeBps": 100,
                         "feeMost": {"amount": 500, "currency": "EUR"}, "coolingHours": 24, "taxFormRequired": false,
                         "automaticUnder": {"amount": 0, "currency": "EUR"}, "dayOfMonth": 15, "requests": false}
                        """)
                .patch(terms)
                .then()
                .statusCode(200)
                .body("feeBps", equalTo(100), "feeMost.amount", equalTo(500), "dayOfMonth", equalTo(15));
        staff("finance").body("{\"feeMost\": null}").patch(terms).then().statusCode(200);

        staff("admin")
                .get(terms)
                .then()
                .body("fee.amount", equalTo(25), "feeMost", nullValue(), "coolingHours", equalTo(24))
                .body("requests", equalTo(false), "daily", equalTo(true), "automaticUnder.amount", equalTo(0));
        staff("admin")
                .get("/api/admin/audit?action=payout_terms.update&limit=1")
                .then()
                .body("data[0].before.feeMost.amount", equalTo(500), "data[0].after.feeMost", nullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'fee': {'amount': -1, 'currency': 'EUR'}} | 422 | fee.amount",
                "{'fee': {'amount': 1, 'currency': 'USD'}} | 422 | fee.currency",
                "{'feeMost': {'amount': 1000000000001, 'currency': 'EUR'}} | 422 | feeMost.amount",
                "{'automaticUnder': {'amount': 2000000, 'currency': 'EUR'}} | 422 | fourEyesFrom",
                "{'feeBps': 10001} | 400 | feeBps",
                "{'coolingHours': 721} | 400 | coolingHours",
                "{'dayOfMonth': 29} | 400 | dayOfMonth",
                "{'dayOfMonth': 0} | 400 | dayOfMonth",
                "{'minimum': 5} | 400 | minimum",
            })
    void what_cannot_be_is_refused_by_its_field(String body, int status, String field) {
        staff("admin")
                .body(body.replace('\'', '"'))
                .patch(terms)
                .then()
                .statusCode(status)
                .body("errors.field", hasItem(field));
    }

    @Test
    void a_program_that_is_not_there_has_none_and_support_changes_nothing() {
        String nobody = "/api/admin/programs/prg_01h455vb4pex5vsknk084sn02q/payout-terms";
        staff("admin").get(nobody).then().statusCode(404);
        staff("admin").body("{}").patch(nobody).then().statusCode(404);
        staff("support").body("{}").patch(terms).then().statusCode(403);
    }
}
