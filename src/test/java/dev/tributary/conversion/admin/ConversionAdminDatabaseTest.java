package dev.tributary.conversion.admin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.Shop;
import dev.tributary.conversion.Touch;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff read, enter and decide once more, and what affiliates see of it. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ConversionAdminDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String CONVERSIONS = "/api/admin/conversions";

    @Inject
    Conversions conversions;

    @Inject
    Pool pool;

    private Promoter ada;
    private Shop shop;

    @BeforeEach
    void a_shop() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
    }

    @Test
    void a_number_of_sales_with_their_revenue_is_divided_to_the_last_cent() {
        JsonObject row = entered("fair").put("conversions", 3).put("revenue", money(1_000));
        enter(row).statusCode(200).body("accepted", equalTo(3), "data", hasSize(3));
        assertThat(shop.conversions())
                .extracting(stored -> stored.getLong("amount_minor"))
                .containsExactly(334L, 333L, 333L);
        assertThat(shop.conversions())
                .extracting(stored -> stored.getString("external_id"))
                .containsExactly("fair-1", "fair-2", "fair-3");
        assertThat(shop.conversions()).allSatisfy(stored -> {
            assertThat(stored.getString("affiliate_id")).isEqualTo(ada.id().toString());
            assertThat(stored.getString("door")).isEqualTo("staff");
        });
        enter(row).statusCode(200).body("repeated", equalTo(3), "accepted", equalTo(0));
        assertThat(shop.query(
                        "SELECT FROM audit_entry WHERE action = 'conversion.enter' AND after::text LIKE $1",
                        "%" + ada.programId() + "%"))
                .hasSize(2);
    }

    @Test
    void leads_are_entered_without_revenue() {
        enter(entered("signups").put("kind", "lead").put("conversions", 2))
                .statusCode(200)
                .body("accepted", equalTo(2));
        enter(entered("x").put("kind", "lead").put("revenue", money(5))).statusCode(400);
    }

    @Test
    void what_cannot_be_entered_is_refused() {
        enter(entered("x")).statusCode(400).body("errors[0].field", equalTo("revenue"));
        enter(entered("x").put("revenue", money(1)).put("conversions", 2)).statusCode(422);
        enter(entered("x").put("revenue", money(5)).put("conversions", 1_001)).statusCode(400);
        enter(entered("x").put("revenue", money(5)).put("programId", TypeId.PROGRAM.format(UUID.randomUUID())))
                .statusCode(400)
                .body("errors[0].code", equalTo("unknown"));
        given().auth()
                .oauth2(Tokens.of("support"))
                .contentType(ContentType.JSON)
                .body(entered("x").put("revenue", money(5)).encode())
                .post(CONVERSIONS)
                .then()
                .statusCode(403);
        assertThat(shop.conversions()).isEmpty();
    }

    @Test
    void lists_are_narrowed_and_tell_why() {
        take(shop.sale("good", "kim", 100, Touch.click(shop.click(Duration.ofHours(1)))));
        take(shop.sale("bad", null, 100, Touch.NONE));
        String mine = CONVERSIONS + "?programId=" + ada.programId();
        staff().get(mine).then().statusCode(200).body("data.externalId", contains("bad", "good"));
        staff().get(mine + "&status=rejected&reason=no_evidence")
                .then()
                .body("data", hasSize(1), "data[0].reason", equalTo("no_evidence"), "data[0].credits", empty());
        String affiliate = TypeId.AFFILIATE.format(ada.id());
        staff().get(mine + "&affiliateId=" + affiliate)
                .then()
                .body("data.externalId", contains("good"), "data[0].credits[0].affiliateId", equalTo(affiliate));
        staff().get(mine + "&externalId=good").then().body("data", hasSize(1));
        staff().get(mine + "&customerExternalId=kim&kind=sale").then().body("data", hasSize(1));
        staff().get(mine + "&limit=1").then().body("data", hasSize(1), "nextCursor", notNullValue());
        staff().get(mine + "&status=lost").then().statusCode(400);
        staff().get(mine + "&sort=amount").then().statusCode(400);
        String id = staff().get(mine + "&externalId=good").path("data[0].id");
        staff().get(CONVERSIONS + "/" + id)
                .then()
                .statusCode(200)
                .body("amount.amount", equalTo(100), "clickId", startsWith("clk_"), "waitingUntil", nullValue());
        staff().get(CONVERSIONS + "/" + TypeId.CONVERSION.format(UUID.randomUUID()))
                .then()
                .statusCode(404);
        assertThat(staff().accept("text/csv").get(mine).asString())
                .contains("no_evidence")
                .contains("good");
    }

    @Test
    void a_rejected_one_is_decided_once_more_by_the_evidence_or_by_name() {
        Outcome lost = take(shop.sale("order-1", "kim", 100, Touch.NONE));
        decide(lost.id(), null).body("data[0].outcome", equalTo("unchanged"));
        take(shop.lead("kim", Touch.code(shop.code())));
        decide(lost.id(), null)
                .body("data[0].outcome", equalTo("changed"))
                .body("data[0].conversion.status", equalTo("accepted"), "data[0].conversion.decision", equalTo(2));
        assertThat(shop.due()).isEqualTo(2);

        Outcome other = take(shop.sale("order-2", null, 100, Touch.NONE));
        decide(other.id(), TypeId.AFFILIATE.format(ada.id()))
                .body("data[0].conversion.status", equalTo("accepted"))
                .body("data[0].conversion.namedAffiliateId", equalTo(TypeId.AFFILIATE.format(ada.id())));
        assertThat(shop.told())
                .containsExactlyInAnyOrder(
                        "conversion.rejected",
                        "conversion.accepted",
                        "conversion.accepted",
                        "conversion.rejected",
                        "conversion.accepted");
        decide(UUID.randomUUID(), null, 404);
    }

    @Test
    void affiliates_see_what_they_are_credited_with_and_nothing_of_the_customer() {
        take(shop.sale("order-1", "kim", 100, Touch.click(shop.click(Duration.ofHours(1)))));
        take(shop.sale("order-2", null, 100, Touch.NONE));
        String seen = ada.asks()
                .get("/api/affiliate/conversions")
                .then()
                .statusCode(200)
                .body("data", hasSize(1), "data[0].weightBps", equalTo(10_000), "data[0].src", equalTo("news"))
                .extract()
                .asString();
        assertThat(seen).doesNotContain("kim").doesNotContain("order-1");
        Promoter.in(pool, "UTC").asks().get("/api/affiliate/conversions").then().body("data", empty());
        ada.asks().get("/api/affiliate/conversions?status=waiting").then().statusCode(400);
    }

    @Test
    void affiliates_see_their_referrals_and_those_of_their_recruits() {
        Promoter eve = Promoter.in(pool, "UTC");
        Shop other = new Shop(pool, eve);
        // Set where it is allowed: before anybody refers to the row.
        other.run("ALTER TABLE affiliate DISABLE TRIGGER affiliate_keeps_recruiter");
        other.run("UPDATE affiliate SET recruiter_id = $2 WHERE id = $1", eve.id(), ada.id());
        other.run("ALTER TABLE affiliate ENABLE TRIGGER affiliate_keeps_recruiter");
        take(shop.lead("kim", Touch.click(shop.click(Duration.ofDays(1)))));
        take(other.sale("order-1", "lou", 100, Touch.code(other.code())));

        ada.asks()
                .get("/api/affiliate/referrals")
                .then()
                .statusCode(200)
                .body("data.status", contains("signed_up"), "data[0].firstTouchAt", notNullValue())
                .body("data[0].src", equalTo("news"), "data[0].subAffiliateId", nullValue());
        ada.asks()
                .get("/api/affiliate/referrals?whose=sub")
                .then()
                .body("data.status", contains("converted"))
                .body("data[0].subAffiliateId", equalTo(TypeId.AFFILIATE.format(eve.id())));
        ada.asks().get("/api/affiliate/referrals?whose=all").then().body("data", hasSize(2));
        ada.asks()
                .get("/api/affiliate/sub-affiliates")
                .then()
                .statusCode(200)
                .body("data.referrals", contains(1), "data.converted", contains(1));
        eve.asks().get("/api/affiliate/sub-affiliates").then().body("data", empty());
    }

    private JsonObject entered(String id) {
        return new JsonObject()
                .put("programId", ada.programId())
                .put("affiliateId", TypeId.AFFILIATE.format(ada.id()))
                .put("externalId", id);
    }

    private static JsonObject money(long amount) {
        return new JsonObject().put("amount", amount).put("currency", "EUR");
    }

    private ValidatableResponse enter(JsonObject body) {
        return staff().contentType(ContentType.JSON)
                .body(body.encode())
                .post(CONVERSIONS)
                .then();
    }

    private ValidatableResponse decide(UUID id, String affiliate) {
        return decide(id, affiliate, 200);
    }

    private ValidatableResponse decide(UUID id, String affiliate, int status) {
        JsonObject body = new JsonObject().put("ids", new JsonArray(List.of(TypeId.CONVERSION.format(id))));
        if (affiliate != null) body.put("affiliateId", affiliate);
        return staff().contentType(ContentType.JSON)
                .body(body.encode())
                .post(CONVERSIONS + "/decisions")
                .then()
                .statusCode(status);
    }

    private static RequestSpecification staff() {
        return given().auth().oauth2(Tokens.of("admin"));
    }

    private Outcome take(Incoming event) {
        return conversions.intake(List.of(event)).await().atMost(ANSWER).get(0);
    }
}
