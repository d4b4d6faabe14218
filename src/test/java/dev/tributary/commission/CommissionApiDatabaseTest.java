package dev.tributary.commission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.tributary.Tokens;
import dev.tributary.conversion.Conversions;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commissions as staff and affiliates see and change them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CommissionApiDatabaseTest {
    @Inject
    Pool pool;

    @Inject
    Conversions conversions;

    @Inject
    Transactions transactions;

    @Inject
    Booker booker;

    private Merchant merchant;

    @BeforeEach
    void somebodySells() {
        merchant = new Merchant(pool, conversions, transactions, booker);
    }

    private static RequestSpecification staff(String person, String role) {
        return given().auth()
                .oauth2(Tokens.as(person, role))
                .accept("application/json")
                .contentType("application/json");
    }

    private static RequestSpecification admin() {
        return staff("ann", "admin");
    }

    private String rules() {
        return "/api/admin/programs/" + merchant.promoter.programId() + "/commission-rules";
    }

    private ValidatableResponse addRule(String body) {
        return admin().body(body).post(rules()).then();
    }

    @Test
    void a_rule_that_staff_make_counts_and_its_versions_stay() {
        String id = addRule(
                        """
                        {"kind": "percentage", "terms": {"bps": 2500}, "validFrom": "2020-01-01T00:00:00Z",
                         "cap": {"period": "month", "amount": {"amount": 300, "currency": "EUR"}}}
                        """)
                .statusCode(201)
                .body("version", equalTo(1), "scope", equalTo("program"), "cap.period", equalTo("month"))
                .extract()
                .path("id");
        merchant.sale(1_000);
        merchant.sale(1_000);
        merchant.book();
        assertThat(merchant.commissions()).containsExactly("percentage pending 250", "percentage pending 50");

        admin().body("{\"terms\": {\"bps\": 100}, \"cap\": null}")
                .patch(rules() + "/" + id)
                .then()
                .statusCode(200)
                .body("version", equalTo(2), "cap", equalTo(null));
        merchant.sale(1_000);
        merchant.book();

        merchant.promoter
                .asks()
                .get("/api/affiliate/commissions")
                .then()
                .statusCode(200)
                .body(
                        "data.amount.amount",
                        contains(10, 50, 250),
                        "data.arithmetic.version",
                        contains(2, 1, 1),
                        "data[1].arithmetic.cap.used",
                        equalTo(250),
                        "data[2].arithmetic.terms[0]",
                        equalTo(java.util.Map.of("of", "sale", "amount", 1000, "bps", 2500)));
        admin().body("{\"active\": false}").patch(rules() + "/" + id).then().statusCode(200);
        admin().get(rules() + "?active=true").then().body("data", hasSize(0));
        admin().get(rules() + "/" + id).then().statusCode(200).body("version", equalTo(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'kind': 'unheard', 'terms': {}} | kind",
                "{'kind': 'percentage'} | terms",
                "{'kind': 'percentage', 'terms': {}} | terms.bps",
                "{'kind': 'flat', 'terms': {}} | terms.amount",
                "{'kind': 'percentage', 'terms': {'bps': 1, 'months': 3}} | terms.months",
                "{'kind': 'percentage', 'scope': 'agreement', 'terms': {'bps': 1}} | scope",
                "{'kind': 'percentage', 'scope': 'tier', 'terms': {'bps': 1}} | tierId",
                "{'kind': 'percentage', 'terms': {'bps': 1}, 'cap': {'period': 'month'}} | cap.amount",
                "{'kind': 'volume_bonus', 'terms': {'brackets': []}} | terms.brackets",
                "{'kind': 'upline', 'terms': {'levels': [1,2,3,4,5,6]}} | terms.levels",
                "{'kind': 'upline', 'scope': 'tier', 'terms': {'levels': [1]}} | scope",
                "{'kind': 'product', 'terms': {'sku': 'A', 'category': 'B', 'bps': 1}} | terms.sku",
                "{'kind': 'sign_up_bonus', 'terms': {'tiers': [{'tierId': 'x', 'amount': {'amount': 1, 'currency': 'EUR'}}]}} | terms.tiers[0].tierId",
                "{'kind': 'sign_up_bonus', 'terms': {'tiers': [{'tierId': 'x'}]}} | terms.tiers[0].amount",
                "{'kind': 'percentage', 'terms': {'bps': 10001, 'months': 1}} | terms.bps",
            },
            quoteCharacter = '`')
    void a_rule_that_has_not_its_form_is_refused_by_its_field(String body, String field) {
        addRule(body.replace('\'', '"')).statusCode(400).body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'kind': 'percentage', 'terms': {'bps': 10001}} | terms.bps",
                "{'kind': 'percentage', 'terms': {'bps': -1}} | terms.bps",
                "{'kind': 'flat', 'terms': {'amount': {'amount': 5, 'currency': 'USD'}}} | terms.amount",
                "{'kind': 'flat', 'terms': {'amount': {'amount': -5, 'currency': 'EUR'}}} | terms.amount",
                "{'kind': 'flat', 'terms': {'amount': {'amount': 1000000000001, 'currency': 'EUR'}}} | terms.amount",
                "{'kind': 'recurring', 'terms': {'bps': 1, 'months': 0}} | terms.months",
                "{'kind': 'recurring', 'terms': {'bps': 1, 'months': 601}} | terms.months",
                "{'kind': 'upline', 'terms': {'levels': [500, 10001]}} | terms.levels[1]",
                "{'kind': 'volume_bonus', 'terms': {'brackets': [{'from': 5, 'bps': 1}, {'from': 5, 'bps': 2}]}} | terms.brackets[1].from",
                "{'kind': 'volume_bonus', 'terms': {'brackets': [{'from': 5, 'bps': 10001}]}} | terms.brackets[0].bps",
                "{'kind': 'sign_up_bonus', 'terms': {'amount': {'amount': -1, 'currency': 'EUR'}}} | terms.amount",
                "{'kind': 'percentage', 'terms': {'bps': 1}, 'cap': {'period': 'month', 'amount': {'amount': -1, 'currency': 'EUR'}}} | cap.amount",
                "{'kind': 'percentage', 'terms': {'bps': 1}, 'cap': {'period': 'month', 'amount': {'amount': 1, 'currency': 'USD'}}} | cap.amount",
                "{'kind': 'percentage', 'terms': {'bps': 1}, 'validUntil': '2001-01-01T00:00:00Z'} | validUntil",
            },
            quoteCharacter = '`')
    void a_rule_whose_values_cannot_be_is_a_422_by_its_field(String body, String field) {
        addRule(body.replace('\'', '"'))
                .statusCode(422)
                .body("code", equalTo("unprocessable"), "errors.field", hasItem(field));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, EUR, threshold",
        "1000001, 1, EUR, threshold",
        "1, 0, EUR, bonus.amount",
        "1, 1, USD, bonus.currency"
    })
    void a_milestone_that_cannot_be_reached_or_paid_is_a_422(int threshold, long bonus, String currency, String field) {
        admin().body(
                        """
                        {"programId": "%s", "name": "Odd", "threshold": %d, "bonus": {"amount": %d, "currency": "%s"}}
                        """
                                .formatted(merchant.promoter.programId(), threshold, bonus, currency))
                .post("/api/admin/milestones")
                .then()
                .statusCode(422)
                .body("errors.field", contains(field));
    }

    @ParameterizedTest
    @CsvSource({
        "0, EUR, amount",
        "1000000000001, EUR, amount",
        "-9223372036854775808, EUR, amount",
        "1, USD, amount.currency"
    })
    void an_adjustment_of_an_amount_that_cannot_be_is_a_422(long amount, String currency, String field) {
        propose("flo", amount, currency, "no").statusCode(422).body("errors.field", contains(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\": \"volume_bonus\", \"terms\": {\"brackets\": [null]}}",
                "{\"kind\": \"upline\", \"terms\": {\"levels\": [null]}}",
                "{\"kind\": \"flat\", \"terms\": {\"amount\": {\"amount\": 5, \"currency\": \"EUR\"}, \"on\": \"refund\"}}",
                "{\"kind\": \"percentage\", \"scope\": \"everybody\", \"terms\": {\"bps\": 1}}",
                "{\"kind\": \"percentage\", \"terms\": {\"bps\": 1, \"unknown\": 1}}",
                "{\"kind\": \"percentage\", \"terms\": {\"bps\": 1}, \"cap\": {\"period\": \"eon\"}}",
            })
    void a_body_that_cannot_be_read_is_a_400(String body) {
        addRule(body).statusCode(400);
    }

    @Test
    void staff_hold_approve_and_reject_and_the_books_follow() {
        UUID sale = merchant.sale(10_000);
        merchant.book();
        String id = admin().get("/api/admin/commissions?conversionId=" + TypeId.CONVERSION.format(sale))
                .then()
                .statusCode(200)
                .extract()
                .path("data[0].id");
        String at = "/api/admin/commissions/" + id;

        admin().body("{}").post(at + "/hold").then().statusCode(400);
        admin().body("{\"reason\": \"looked at\"}")
                .post(at + "/hold")
                .then()
                .statusCode(200)
                .body("status", equalTo("held"));
        assertThat(merchant.balance()).isEqualTo("1000 0");
        admin().body("{}").post(at + "/approve").then().statusCode(200).body("status", equalTo("approved"));
        assertThat(merchant.balance()).isEqualTo("0 1000");
        admin().body("{}").post(at + "/approve").then().statusCode(409).body("code", equalTo("conflict"));
        admin().body("{\"reason\": \"wait\"}").post(at + "/hold").then().statusCode(200);
        assertThat(merchant.balance()).isEqualTo("1000 0");
        staff("flo", "finance")
                .body("{\"reason\": \"a test order\"}")
                .post(at + "/reject")
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"), "amount.amount", equalTo(0), "reversed.amount", equalTo(1000));
        assertThat(merchant.balance()).isEqualTo("0 0");
        merchant.refunded(sale, 5_000);
        merchant.book();
        assertThat(merchant.commissions()).containsExactly("base_rate rejected 0");
        staff("sue", "support").body("{}").post(at + "/approve").then().statusCode(403);
    }

    @Test
    void several_are_decided_at_once_and_each_says_what_became_of_it() {
        merchant.sale(1_000);
        merchant.sale(2_000);
        merchant.book();
        List<String> ids =
                merchant
                        .query("SELECT id FROM commission WHERE affiliate_id = $1 ORDER BY id", merchant.promoter.id())
                        .stream()
                        .map(row -> TypeId.COMMISSION.format(UUID.fromString(row.getString("id"))))
                        .toList();
        String body = "{\"decision\": \"approve\", \"ids\": [\"%s\", \"%s\", \"cms_01h455vb4pex5vsknk084sn02q\"]}"
                .formatted(ids.get(0), ids.get(1));

        for (int i = 0; i < 2; i++)
            admin().header("Idempotency-Key", "k-" + merchant.promoter.id())
                    .body(body)
                    .post("/api/admin/commissions/decisions")
                    .then()
                    .statusCode(200)
                    .body(
                            "data.outcome",
                            contains("changed", "changed", "refused"),
                            "data[2].code",
                            equalTo("not_found"));
        assertThat(merchant.balance()).isEqualTo("0 300");
        admin().body(body)
                .post("/api/admin/commissions/decisions")
                .then()
                .statusCode(200)
                .body("data.outcome", contains("refused", "refused", "refused"));
    }

    @Test
    void an_affiliate_sees_its_own_alone() {
        merchant.sale(1_000);
        merchant.book();
        String own = merchant.promoter
                .asks()
                .get("/api/affiliate/commissions")
                .then()
                .extract()
                .path("data[0].id");
        Merchant other = new Merchant(pool, conversions, transactions, booker);

        merchant.promoter
                .asks()
                .get("/api/affiliate/commissions/" + own)
                .then()
                .statusCode(200)
                .body("arithmetic.rule", equalTo(merchant.promoter.programId()));
        other.promoter.asks().get("/api/affiliate/commissions/" + own).then().statusCode(404);
        other.promoter.asks().get("/api/affiliate/commissions").then().body("data", hasSize(0));
        merchant.promoter
                .asks()
                .accept("text/csv")
                .get("/api/affiliate/commissions")
                .then()
                .statusCode(200)
                .body(containsString("base_rate"));
    }

    @Test
    void an_adjustment_is_proposed_by_one_and_approved_by_another() {
        String taken = propose("flo", -700, "EUR", "paid twice in May")
                .statusCode(201)
                .body("status", equalTo("proposed"), "proposedBy", equalTo("flo"))
                .extract()
                .path("id");
        assertThat(merchant.balance()).isEqualTo("none");

        staff("flo", "finance")
                .post("/api/admin/adjustments/" + taken + "/approve")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        admin().post("/api/admin/adjustments/" + taken + "/approve")
                .then()
                .statusCode(200)
                .body("status", equalTo("approved"), "decidedBy", equalTo("ann"));
        admin().post("/api/admin/adjustments/" + taken + "/approve").then().statusCode(409);

        assertThat(merchant.balance()).isEqualTo("0 -700");
        merchant.promoter
                .asks()
                .get("/api/affiliate/commissions")
                .then()
                .body(
                        "data[0].source",
                        equalTo("adjustment"),
                        "data[0].amount.amount",
                        equalTo(-700),
                        "data[0].reason",
                        equalTo("paid twice in May"));
        String dropped =
                propose("ann", 1, "EUR", "no").statusCode(201).extract().path("id");
        admin().post("/api/admin/adjustments/" + dropped + "/reject")
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"));
        assertThat(merchant.balance()).isEqualTo("0 -700");
    }

    private ValidatableResponse propose(String person, long amount, String currency, String reason) {
        return staff(person, "finance")
                .body(
                        """
                        {"programId": "%s", "affiliateId": "%s", "amount": {"amount": %d, "currency": "%s"}, "reason": "%s"}
                        """
                                .formatted(
                                        merchant.promoter.programId(),
                                        TypeId.AFFILIATE.format(merchant.promoter.id()),
                                        amount,
                                        currency,
                                        reason))
                .post("/api/admin/adjustments")
                .then();
    }

    @Test
    void finance_reads_every_list_also_as_a_table() {
        addRule("{\"kind\": \"percentage\", \"terms\": {\"bps\": 2500}}").statusCode(201);
        milestone();
        propose("flo", 500, "EUR", "=1+1").statusCode(201);
        for (String path : List.of(
                rules(),
                "/api/admin/milestones?programId=" + merchant.promoter.programId(),
                "/api/admin/adjustments?programId=" + merchant.promoter.programId())) {
            staff("flo", "finance")
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body("data", hasSize(1), "nextCursor", equalTo(null));
            String table = staff("flo", "finance")
                    .accept("text/csv")
                    .get(path)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertThat(table.lines()).as(path).hasSize(2);
            assertThat(table).startsWith("id,programId,").contains(merchant.promoter.programId());
        }
        assertThat(staff("flo", "finance").accept("text/csv").get(rules()).asString())
                .contains(",EUR,\"{\"\"bps\"\":2500}\",true,");
        assertThat(staff("flo", "finance")
                        .accept("text/csv")
                        .get("/api/admin/adjustments")
                        .asString())
                .contains(",500,EUR,'=1+1,proposed,flo,,,");
        staff("flo", "finance").body("{}").post("/api/admin/milestones").then().statusCode(403);
        admin().accept("text/csv")
                .get("/api/admin/programs/prg_01h455vb4pex5vsknk084sn02q/commission-rules")
                .then()
                .statusCode(404);
        assertThat(merchant.promoter
                        .asks()
                        .accept("text/csv")
                        .get("/api/affiliate/milestones")
                        .asString()
                        .lines())
                .hasSize(2);
        merchant.promoter.asks().get("/api/affiliate/milestones").then().body("nextCursor", equalTo(null));
    }

    private void milestone() {
        admin().body(
                        """
                        {"programId": "%s", "name": "Customers", "threshold": 3, "bonus": {"amount": 5000, "currency": "EUR"}}
                        """
                                .formatted(merchant.promoter.programId()))
                .post("/api/admin/milestones")
                .then()
                .statusCode(201);
    }
}
