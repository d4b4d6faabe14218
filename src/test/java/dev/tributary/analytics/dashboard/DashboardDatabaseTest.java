package dev.tributary.analytics.dashboard;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.tributary.Promoter;
import dev.tributary.Tokens;
import dev.tributary.analytics.figure.Happened;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What staff and affiliates see first. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class DashboardDatabaseTest {
    private static final String OWN = "/api/affiliate/dashboard";
    private static final String STAFF = "/api/admin/dashboard?programId=";
    private static final String PAYOUT =
            """
            INSERT INTO payout (id, kind, program_id, enrollment_id, affiliate_id, rail, method_id, gross_minor, fee_minor,
                                withheld_minor, currency, state, requested_by, reason, key, destination, body, attempts, first_at,
                                send_not_after, not_before, submitted_at, next_kind, next_at, created_at, updated_at, paid_at,
                                ended_at)
            SELECT (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7000'
                    || right(gen_random_uuid()::text, 17))::uuid,
                   'request', $1, $1, $1, $2, $1, $3::bigint, 100, 0, 'EUR', $4, 'test', $5, k, d, d, n, t, t, t, t,
                   CASE WHEN e IS NULL THEN 'ask_person' ELSE 'nothing' END, NULL, now(), now(),
                   CASE WHEN $4 = 'paid' THEN now() END, e
              FROM (SELECT CASE WHEN $4 = 'requested' THEN NULL ELSE gen_random_uuid()::text END AS k,
                           CASE WHEN $4 = 'requested' THEN NULL ELSE ''::bytea END AS d,
                           CASE WHEN $4 = 'requested' THEN 0 ELSE 1 END AS n,
                           CASE WHEN $4 = 'requested' THEN NULL ELSE now() END AS t,
                           CASE WHEN $4 = 'requested' THEN NULL ELSE now() END AS e) s
            """;

    @Inject
    Pool pool;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private Promoter ada;
    private Happened happened;

    @AfterEach
    void nothing_is_left_that_others_would_check() {
        Promoter.forgetMoney(pool);
    }

    @BeforeEach
    void one_of_them() {
        ada = Promoter.in(pool, "UTC");
        happened = new Happened(pool, ada);
    }

    @Test
    void affiliates_see_figures_earnings_sources_links_and_the_next_payout() {
        happened.clicks(today.minusDays(3), "blog", 200, 150)
                .clicks(today.minusDays(2), "", 50, 40)
                .sales(today.minusDays(3), "blog", 3, 5_000)
                .leads(today.minusDays(2), "", 4)
                .sales(today.minusDays(40), "blog", 2, 1_000)
                .fold(today);
        happened.run("INSERT INTO ledger_balance VALUES ($1, 'EUR', 1200, 300, 0)", Tuple.of(ada.id()))
                .run(
                        """
                        INSERT INTO referral (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, src,
                                              signed_up_at)
                        SELECT gen_random_uuid(), $1, $1, $1, i::text, 'signed_up', 'blog', now() FROM generate_series(1, 7) i
                        """,
                        Tuple.of(ada.id()));

        ada.asks()
                .get(OWN)
                .then()
                .statusCode(200)
                .body("affiliateId", equalTo(TypeId.AFFILIATE.format(ada.id())), "programId", equalTo(ada.programId()))
                .body("to", equalTo(today.plusDays(1).toString()), "trend", hasSize(30))
                .body("figures.clicks", equalTo(250), "figures.uniques", equalTo(190))
                .body("figures.sales", equalTo(3), "figures.leads", equalTo(4))
                .body("figures.revenue", equalTo(Map.of("amount", 15_000, "currency", "EUR")))
                .body("figures.commission.amount", equalTo(1_500), "figures.conversionRateBps", equalTo(120))
                .body("previous.sales", equalTo(2), "previous.clicks", equalTo(0))
                .body("trend[26].day", equalTo(today.minusDays(3).toString()), "trend[26].sales", equalTo(3))
                .body("trend[29].clicks", equalTo(0))
                .body("sources[0].src", equalTo("blog"), "sources[0].clicks", equalTo(200))
                .body("sources[0].saleRateBps", equalTo(150), "sources", hasSize(2))
                .body("links[0].linkId", equalTo(ada.linkId()), "links[0].code", equalTo(ada.code()))
                .body("earnings.pending.amount", equalTo(1_200), "earnings.available.amount", equalTo(300))
                .body("earnings.held.amount", equalTo(0), "earnings.paid.amount", equalTo(0))
                .body(
                        "tier.current",
                        nullValue(),
                        // those with a commission that stands, leads too
                        "tier.conversions",
                        equalTo(9),
                        "tier.revenue.amount",
                        equalTo(17_000))
                .body("milestones.data", hasSize(0), "recentReferrals", hasSize(5))
                .body("payout.eligible", equalTo(false), "payout.bars", hasItems("no_method"))
                .body("payout.schedule", equalTo("monthly"));
    }

    @Test
    void staff_see_the_program_its_payouts_and_what_needs_a_person() {
        happened.sales(today, "blog", 12, 5_000)
                .run(PAYOUT, Tuple.of(ada.id(), "stripe", 5_100L, "paid", ""))
                .run(PAYOUT, Tuple.of(ada.id(), "stripe", 500L, "failed", "account_closed"))
                .run(PAYOUT, Tuple.of(ada.id(), "manual", 700L, "requested", ""))
                .run("UPDATE affiliate SET fraud_status = 'watch', fraud_score = 72 WHERE id = $1", Tuple.of(ada.id()))
                .run(
                        "UPDATE commission SET status = 'held' WHERE id = (SELECT id FROM commission WHERE program_id = $1 LIMIT 1)",
                        Tuple.of(ada.id()))
                .fold(today);

        staff("finance")
                .get(STAFF + ada.programId())
                .then()
                .statusCode(200)
                .body("figures.sales", equalTo(12), "trend", hasSize(30), "trend[29].sales", equalTo(12))
                .body("topAffiliates", hasSize(1), "topAffiliates[0].rank", equalTo(1))
                .body("topAffiliates[0].name", equalTo("Ada"), "topAffiliates[0].revenue.amount", equalTo(60_000))
                .body("payouts.pending.count", equalTo(1), "payouts.pending.sum.amount", equalTo(600))
                .body("payouts.byStatus.status", equalTo(java.util.List.of("failed", "paid", "requested")))
                .body("payouts.byRail.find { it.rail == 'stripe' }.count", equalTo(2))
                .body("payouts.bySize.count", equalTo(java.util.List.of(2, 1)))
                .body("payouts.bySize[0].from.amount", equalTo(100), "payouts.bySize[0].below.amount", equalTo(1_000))
                .body("payouts.failed", equalTo(1), "payouts.failures[0].reason", equalTo("account_closed"))
                .body("payouts.processed.amount", equalTo(5_100))
                .body("alerts.suspects", equalTo(1), "alerts.worst[0].score", equalTo(72))
                .body("alerts.worst[0].status", equalTo("watch"), "alerts.heldCommissions.count", equalTo(1))
                .body("alerts.heldCommissions.sum.amount", equalTo(500), "alerts.applications", equalTo(0));
    }

    @Test
    void another_program_is_not_found() {
        ada.asks()
                .get(OWN + "?programId=" + TypeId.PROGRAM.format(UUID.randomUUID()))
                .then()
                .statusCode(404);
        staff("admin")
                .get(STAFF + TypeId.PROGRAM.format(UUID.randomUUID()))
                .then()
                .statusCode(404);
        UUID second = ada.another();
        ada.asks().get(OWN).then().statusCode(400).body("errors[0].field", equalTo("programId"));
        ada.asks()
                .get(OWN + "?programId=" + TypeId.PROGRAM.format(second))
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "period=fortnight, period",
        "period=7d&from=2026-01-01, period",
        "from=2026-02-30, from",
        "to=2026-02-03, from",
        "from=2026-02-03&to=2026-02-03, to",
        "from=2020-01-01&to=2026-01-01, from",
        "from=1999-01-01, from",
        "days=3, days"
    })
    void what_cannot_be_is_refused_with_its_name(String query, String field) {
        ada.asks().get(OWN + "?" + query).then().statusCode(400).body("errors[0].field", equalTo(field));
        staff("admin")
                .get(STAFF + ada.programId() + "&" + query)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field));
    }

    private static RequestSpecification staff(String role) {
        return given().auth().oauth2(Tokens.of(role)).accept("application/json");
    }
}
