package dev.tributary.commission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

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
import java.util.stream.IntStream;
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

    @Inject
    Awards awards;

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
                "{\"kind\": \"unheard\", \"terms\": {}} | kind",
                "{\"kind\": \"percentage\"} | terms",
                "{\"kind\": \"percentage\", \"terms\": {\"bps\": 10001}} | terms.bps",
                "{\"kind\": \"percentage\", \"terms\": {\"bps\": 1, \"months\": 3}} | terms.months",
                "{\"kind\": \"percentage\", \"scope\": \"agreement\", \"terms\": {\"bps\": 1}} | scope",
                "{\"kind\": \"percentage\", \"scope\": \"tier\", \"terms\": {\"bps\": 1}} | tierId",
                "{\"kind\": \"flat\", \"terms\": {\"amount\": {\"amount\": 5, \"currency\": \"USD\"}}} | terms.amount",
                "{\"kind\": \"flat\", \"terms\": {\"amount\": {\"amount\": -5, \"currency\": \"EUR\"}}} | terms.amount",
                "{\"kind\": \"recurring\", \"terms\": {\"bps\": 1, \"months\": 0}} | terms.months",
                "{\"kind\": \"volume_bonus\", \"terms\": {\"brackets\": []}} | terms.brackets",
                "{\"kind\": \"upline\", \"terms\": {\"levels\": [1,2,3,4,5,6]}} | terms.levels",
                "{\"kind\": \"upline\", \"scope\": \"tier\", \"terms\": {\"levels\": [1]}} | scope",
                "{\"kind\": \"product\", \"terms\": {\"sku\": \"A\", \"category\": \"B\", \"bps\": 1}} | terms.sku",
                "{\"kind\": \"sign_up_bonus\", \"terms\": {\"tiers\": [{\"tierId\": \"x\", \"amount\": {\"amount\": 1, \"currency\": \"EUR\"}}]}} | terms.tiers[0].tierId",
                "{\"kind\": \"percentage\", \"terms\": {\"bps\": 1}, \"validUntil\": \"2001-01-01T00:00:00Z\"} | validUntil",
            })
    void a_rule_that_cannot_be_is_refused_by_its_field(String body, String field) {
        addRule(body).statusCode(400).body("errors.field", org.hamcrest.Matchers.hasItem(field));
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
        String body =
                "{\"programId\": \"%s\", \"affiliateId\": \"%s\", \"amount\": {\"amount\": %d, \"currency\": \"EUR\"}, \"reason\": \"%s\"}";
        String affiliate = TypeId.AFFILIATE.format(merchant.promoter.id());
        String taken = staff("flo", "finance")
                .body(body.formatted(merchant.promoter.programId(), affiliate, -700, "paid twice in May"))
                .post("/api/admin/adjustments")
                .then()
                .statusCode(201)
                .body("status", equalTo("proposed"), "proposedBy", equalTo("flo"))
                .extract()
                .path("id");
        assertThat(merchant.balance()).isEqualTo("none");

        staff("flo", "finance")
                .post("/api/admin/adjustments/" + taken + "/approve")
                .then()
                .statusCode(409);
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
        String dropped = admin().body(body.formatted(merchant.promoter.programId(), affiliate, 1, "no"))
                .post("/api/admin/adjustments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        admin().post("/api/admin/adjustments/" + dropped + "/reject")
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"));
        admin().body(body.formatted(merchant.promoter.programId(), affiliate, 0, "no"))
                .post("/api/admin/adjustments")
                .then()
                .statusCode(400);
        assertThat(merchant.balance()).isEqualTo("0 -700");
    }

    @Test
    void a_milestone_is_awarded_once_lost_by_refunds_and_given_back() {
        String id = admin().body(
                        """
                        {"programId": "%s", "name": "Two customers", "threshold": 2,
                         "bonus": {"amount": 5000, "currency": "EUR"}}
                        """
                                .formatted(merchant.promoter.programId()))
                .post("/api/admin/milestones")
                .then()
                .statusCode(201)
                .body("clawback", equalTo(true), "active", equalTo(true))
                .extract()
                .path("id");
        merchant.sale("m-1", "c-1", 1_000);
        merchant.book();
        assess();
        merchant.promoter
                .asks()
                .get("/api/affiliate/milestones")
                .then()
                .statusCode(200)
                .body(
                        "convertedReferrals",
                        equalTo(1),
                        "next.id",
                        equalTo(id),
                        "next.remaining",
                        equalTo(1),
                        "next.progressBps",
                        equalTo(5000));

        merchant.sale("m-2", "c-1", 1_000);
        UUID last = merchant.sale("m-3", "c-2", 1_000);
        merchant.book();
        IntStream.range(0, 8).parallel().forEach(i -> assess());
        assertThat(milestones()).containsExactly("milestone pending 5000");
        merchant.promoter
                .asks()
                .get("/api/affiliate/milestones")
                .then()
                .body("data[0].awardedAt", notNullValue(), "next", equalTo(null));

        merchant.refunded(last, 1_000);
        merchant.book();
        assess();
        assertThat(milestones()).containsExactly("milestone reversed 0");
        merchant.sale("m-4", "c-3", 1_000);
        merchant.book();
        assess();
        assertThat(milestones()).containsExactly("milestone pending 5000");
        admin().delete("/api/admin/milestones/" + id).then().statusCode(409);
        admin().body("{\"active\": false}")
                .patch("/api/admin/milestones/" + id)
                .then()
                .statusCode(200);
    }

    private void assess() {
        while (transactions.run(awards::assess).await().atMost(java.time.Duration.ofSeconds(30)) > 0) {}
    }

    private List<String> milestones() {
        return merchant.commissions().stream()
                .filter(line -> line.startsWith("milestone"))
                .toList();
    }
}
