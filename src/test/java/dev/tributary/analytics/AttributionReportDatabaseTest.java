package dev.tributary.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.conversion.attribution.Attributions;
import dev.tributary.conversion.attribution.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a conversion was credited to whom, and what other models would have said. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class AttributionReportDatabaseTest {
    private static final List<String> MODELS =
            List.of("first_click", "last_click", "linear", "position_based", "time_decay");

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Attributions attributions;

    private final Instant now = Instant.now();
    private Promoter ada;
    private Shop shop;
    private UUID ben;

    @BeforeEach
    void a_shop_with_two_affiliates() {
        ada = Promoter.in(pool, "Europe/Berlin");
        shop = new Shop(pool, transactions, attributions, ada.id());
        ben = shop.joined();
    }

    @Test
    void a_conversion_says_why() {
        UUID visitor = UUID.randomUUID();
        UUID first = shop.clicked(ada.id(), visitor, now.minus(Duration.ofDays(2)));
        UUID last = shop.clicked(ben, visitor, now.minus(Duration.ofHours(1)));
        UUID later = shop.clicked(ada.id(), visitor, now.minus(Duration.ofMinutes(5)));
        UUID sale = shop.sells(5_000, visitor, last, now);
        asks().get("/api/admin/conversions/" + TypeId.CONVERSION.format(sale) + "/attribution")
                .then()
                .statusCode(200)
                .body("conversionId", equalTo(TypeId.CONVERSION.format(sale)), "decisions", hasSize(1))
                .body("decisions[0].number", equalTo(1), "decisions[0].basis", equalTo("click"))
                .body("decisions[0].reason", nullValue(), "decisions[0].model", equalTo("last_click"))
                .body("decisions[0].modelVersion", equalTo(1), "decisions[0].windowDays", equalTo(30))
                .body("decisions[0].winners", hasSize(1), "decisions[0].winners[0].weightBps", equalTo(10_000))
                .body("decisions[0].winners[0].affiliateId", equalTo(TypeId.AFFILIATE.format(ben)))
                .body("decisions[0].candidates.clickId", equalTo(List.of(click(first), click(last), click(later))))
                .body("decisions[0].candidates.weightBps", equalTo(List.of(0, 10_000, 0)))
                .body("decisions[0].candidates[2].excluded", equalTo("after_named_click"));
    }

    @Test
    void a_conversion_that_earns_nobody_anything_says_why_too_and_a_stranger_is_not_found() {
        UUID sale = shop.sells(5_000, null, null, now);
        asks().get("/api/admin/conversions/" + TypeId.CONVERSION.format(sale) + "/attribution")
                .then()
                .statusCode(200)
                .body("decisions[0].reason", equalTo("no_evidence"), "decisions[0].winners", hasSize(0));
        for (String id : List.of(TypeId.CONVERSION.format(UUID.randomUUID()), "nonsense"))
            asks().get("/api/admin/conversions/" + id + "/attribution")
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
    }

    @Test
    void models_stand_side_by_side_and_each_sums_to_all_sales() {
        UUID visitor = UUID.randomUUID();
        shop.clicked(ada.id(), visitor, now.minus(Duration.ofDays(7)).minus(Duration.ofHours(1)));
        UUID last = shop.clicked(ben, visitor, now.minus(Duration.ofHours(1)));
        shop.sells(3_000, visitor, last, now.minusSeconds(5));
        UUID mine = shop.clicked(ada.id(), null, now.minus(Duration.ofHours(1)));
        shop.sells(1_000, null, mine, now.minusSeconds(5));
        shop.sells(7_777, null, null, now.minusSeconds(5));

        ValidatableResponse report = report("").body("data", hasSize(2), "truncated", equalTo(false));
        report.body("model", equalTo("last_click"), "timeZone", equalTo("Europe/Berlin"))
                .body("data[0].models.model", equalTo(MODELS))
                .body("data[0].affiliateId", equalTo(TypeId.AFFILIATE.format(ada.id())))
                .body("data[0].models.creditBps", equalTo(List.of(20_000, 10_000, 15_000, 15_000, 13_333)))
                .body("data[0].models.revenue.amount", equalTo(List.of(4_000, 1_000, 2_500, 2_500, 2_000)))
                .body("data[1].models.creditBps", equalTo(List.of(0, 10_000, 5_000, 5_000, 6_667)))
                .body("data[1].models.revenue.currency", equalTo(List.of("EUR", "EUR", "EUR", "EUR", "EUR")));
        report.body("totals.model", equalTo(MODELS), "totals.own", equalTo(List.of(false, true, false, false, false)))
                .body("totals.affiliates", equalTo(List.of(1, 2, 2, 2, 2)))
                .body("totals.revenue.amount", equalTo(List.of(4_000, 4_000, 4_000, 4_000, 4_000)))
                .body("totals.moved.amount", equalTo(List.of(3_000, 0, 1_500, 1_500, 1_000)))
                .body("totals[0].movedBps", equalTo(7_500));
        report("&limit=1").body("data", hasSize(1), "truncated", equalTo(true));
        report("&from=2020-01-01&to=2020-02-01")
                .body("data", hasSize(0), "from", equalTo("2019-12-31T23:00:00Z"))
                .body("totals.revenue.amount", equalTo(List.of(0, 0, 0, 0, 0)), "totals[0].movedBps", nullValue());
        String csv = asks().accept("text/csv")
                .get("/api/admin/reports/attribution?programId=" + ada.programId())
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(3);
        assertThat(csv)
                .startsWith("affiliateId,name,first_click_credit_bps,first_click_revenue,last_click_credit_bps,");
        assertThat(csv.lines().skip(1).findFirst().orElseThrow())
                .endsWith(",Ada,20000,4000,10000,1000,15000,2500,15000,2500,13333,2000,EUR");
    }

    @Test
    void only_what_is_credited_counts_without_what_was_refunded() {
        UUID mine = shop.clicked(ada.id(), null, now.minus(Duration.ofHours(1)));
        UUID refunded = shop.sells(1_000, null, mine, now.minusSeconds(5));
        UUID rejected = shop.sells(9_000, null, mine, now.minusSeconds(5));
        query("UPDATE conversion SET refunded_minor = 400 WHERE id = '" + refunded + "'");
        query("UPDATE conversion SET status = 'rejected', reason_code = 'fraud' WHERE id = '" + rejected + "'");
        report("").body("data", hasSize(1), "data[0].models[0].revenue.amount", equalTo(600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?programId=nonsense", "?programId=%s&limit=0", "?programId=%s&by=day"})
    void a_report_that_cannot_be_is_refused(String parameters) {
        asks().get("/api/admin/reports/attribution" + parameters.formatted(ada.programId()))
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void a_program_that_is_not_there_is_not_found() {
        asks().get("/api/admin/reports/attribution?programId=" + TypeId.PROGRAM.format(UUID.randomUUID()))
                .then()
                .statusCode(404);
    }

    private ValidatableResponse report(String more) {
        return asks().get("/api/admin/reports/attribution?programId=" + ada.programId() + more)
                .then()
                .statusCode(200);
    }

    private static String click(UUID id) {
        return TypeId.CLICK.format(id);
    }

    private static RequestSpecification asks() {
        return given().auth()
                .oauth2(Tokens.as("attribution-support", "support"))
                .accept("application/json");
    }

    private void query(String sql) {
        pool.query(sql).execute().await().atMost(Duration.ofSeconds(10));
    }
}
