package dev.tributary.analytics.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.tributary.MovedClock;
import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.conversion.attribution.Attributions;
import dev.tributary.conversion.attribution.Shop;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customers by when they signed up, computed at once and kept by the job. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
@TestProfile(MovedClock.Profile.class)
class CohortsDatabaseTest {
    @Inject
    MovedClock clock;

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Attributions attributions;

    @Inject
    Ids ids;

    @Inject
    CommandLineApplication application;

    private Promoter ada;
    private UUID ben;
    private Season season;

    @BeforeEach
    void customers_of_two_affiliates() {
        clock.at("2026-04-10T12:00:00Z");
        ada = Promoter.in(pool, "America/New_York");
        ben = new Shop(pool, transactions, attributions, ada.id()).joined();
        season = new Season(pool, ids, ada.id());
        // still January in New York
        season.customer(ada.id(), "ann", "2026-02-01T03:00:00Z", "2026-02-02T12:00:00Z", null);
        season.customer(ada.id(), "bob", "2026-01-15T12:00:00Z", "2026-01-16T12:00:00Z", "2026-03-05T12:00:00Z");
        season.customer(ada.id(), "cid", "2026-01-20T12:00:00Z", null, null);
        season.customer(ben, "dan", "2026-03-20T12:00:00Z", "2026-03-21T12:00:00Z", null);
        UUID refunded = season.sale(ada.id(), "2026-01-16T12:00:00Z", "", 1_000, "bob", null);
        season.refund(refunded, "2026-01-17T12:00:00Z", 400);
        season.sale(ada.id(), "2026-02-16T12:00:00Z", "", 1_000, "bob", null);
        season.sale(ada.id(), "2026-02-02T12:00:00Z", "", 3_000, "ann", null);
        season.sale(ada.id(), "2026-02-20T12:00:00Z", "", 3_000, "ann", null);
        season.sale(ben, "2026-03-21T12:00:00Z", "", 5_000, "dan", null);
        // credited to another than who brought the customer
        season.sale(ben, "2026-02-21T12:00:00Z", "", 9_000, "bob", null);
    }

    @Test
    void customers_stay_together_by_the_month_in_which_they_signed_up() {
        everybody(staff("cohorts?cohorts=4"));
        ada.asks()
                .get("/api/affiliate/reports/cohorts?cohorts=4")
                .then()
                .statusCode(200)
                .body("data.referrals", contains(3, 0, 0, 0), "data.revenue.amount", contains(7_600, 0, 0, 0));
        staff("cohorts?cohorts=4&affiliateId=" + TypeId.AFFILIATE.format(ben))
                .body("data.referrals", contains(0, 0, 1, 0), "data[2].revenue.amount", equalTo(5_000));
    }

    private static void everybody(ValidatableResponse report) {
        report.body("data.key", contains("2026-01", "2026-02", "2026-03", "2026-04"))
                .body("data.referrals", contains(3, 0, 1, 0), "data.converted", contains(2, 0, 1, 0))
                .body("data.active", contains(1, 0, 1, 0), "data.convertedBps", equalTo(bps()))
                .body("data[0].ages.age", contains(0, 1, 2, 3), "data[0].ages.buyers", contains(1, 2, 0, 0))
                .body("data[0].ages.converted", contains(1, 2, 2, 2), "data[0].ages.active", contains(1, 2, 1, 1))
                .body("data[0].ages.revenue.amount", contains(600, 7_000, 0, 0), "data[0].sales", equalTo(4))
                .body("data[2].ages.revenue.amount", contains(5_000, 0));
    }

    private static List<Integer> bps() {
        return Arrays.asList(6_667, null, 10_000, null);
    }

    @Test
    void weeks_go_by_their_monday() {
        staff("cohorts?groupBy=week&cohorts=4")
                .body("data.key", contains("2026-03-16", "2026-03-23", "2026-03-30", "2026-04-06"))
                .body("data.referrals", contains(1, 0, 0, 0), "data[0].ages.buyers", contains(1, 0, 0, 0));
    }

    @Test
    void those_of_many_customers_are_kept_by_the_job_and_are_the_same() {
        Typed rehearsal = job("0", "--dry-run");
        assertThat(rehearsal.exitCode()).as(rehearsal.error()).isZero();
        assertThat(count()).isZero();
        Typed typed = job("0");
        assertThat(typed.exitCode()).as(typed.error()).isZero();
        // the program and two affiliates, by month and by week
        assertThat(count()).isEqualTo(6);

        season.customer(ada.id(), "eve", "2026-04-01T12:00:00Z", null, null);
        clock.at("2026-04-10T13:59:00Z");
        everybody(staff("cohorts?cohorts=4").body("asOf", equalTo("2026-04-10T12:00:00Z")));
        // older than that they are not told
        clock.at("2026-04-10T14:00:00Z");
        staff("cohorts?cohorts=4").body("asOf", equalTo("2026-04-10T14:00:00Z"), "data[3].referrals", equalTo(1));

        Typed again = job("0");
        assertThat(again.exitCode()).as(again.error()).isZero();
        staff("cohorts?cohorts=4").body("data[3].referrals", equalTo(1), "data[0].revenue.amount", equalTo(7_600));
        clock.at("2026-04-10T16:30:00Z");
        job("1000000");
        assertThat(count()).as("nobody has so many any more").isZero();
    }

    private Typed job(String customers, String... further) {
        List<String> words =
                new ArrayList<>(List.of("job", "cohorts", "--program", ada.programId(), "--customers", customers));
        words.addAll(List.of(further));
        return Typed.run(application, words.toArray(String[]::new));
    }

    private long count() {
        return pool.preparedQuery("SELECT count(*) FROM report_cohorts WHERE program_id = $1")
                .execute(Tuple.of(ada.id()))
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getLong(0);
    }

    private ValidatableResponse staff(String query) {
        return given().auth()
                .oauth2(Tokens.as("report-support", "support"))
                .accept("application/json")
                .get("/api/admin/reports/" + query + "&programId=" + ada.programId())
                .then()
                .statusCode(200);
    }
}
