package dev.tributary.commission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Tokens;
import dev.tributary.conversion.Conversions;
import dev.tributary.embedded.Stores;
import dev.tributary.id.TypeId;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The jobs of this room, as the command line runs them. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CommissionJobsDatabaseTest {
    @Inject
    Pool pool;

    @Inject
    Conversions conversions;

    @Inject
    Transactions transactions;

    @Inject
    Booker booker;

    @Inject
    CommandLineApplication application;

    private Merchant merchant;

    @BeforeEach
    void somebodySells() {
        merchant = new Merchant(pool, conversions, transactions, booker);
    }

    @Test
    void commissions_tells_what_it_would_book_and_then_books_it() {
        merchant.rule("percentage", "{\"bps\": 1000}", "month", 150L);
        merchant.sale(1_000);
        merchant.sale(1_000);

        Typed rehearsed = Typed.run(application, "job", "commissions", "--dry-run");

        assertThat(rehearsed.exitCode()).as(rehearsed.toString()).isZero();
        assertThat(rehearsed.toString())
                .contains("would earn 100 EUR by percentage", "would earn 50 EUR by percentage");
        assertThat(merchant.commissions()).isEmpty();
        assertThat(Typed.run(application, "job", "commissions").exitCode()).isZero();
        assertThat(merchant.commissions()).containsExactly("percentage pending 100", "percentage pending 50");
        assertThat(Typed.run(application, "job", "commissions").exitCode()).isZero();
        assertThat(merchant.balance()).isEqualTo("150 0");
    }

    @Test
    void release_holds_makes_payable_what_is_due_and_leaves_what_is_held() {
        UUID due = merchant.sale(1_000);
        UUID held = merchant.sale(2_000);
        merchant.sale(3_000);
        merchant.book();
        merchant.query(
                "UPDATE commission SET release_at = now() - interval '1 s' WHERE conversion_id = ANY ($1)",
                (Object) new UUID[] {due, held});
        merchant.query("UPDATE commission SET status = 'held' WHERE conversion_id = $1", held);

        assertThat(Typed.run(application, "job", "release-holds", "--dry-run").toString())
                .contains("would release");
        assertThat(merchant.balance()).isEqualTo("600 0");
        assertThat(Typed.run(application, "job", "release-holds").exitCode()).isZero();
        assertThat(Typed.run(application, "job", "release-holds").exitCode()).isZero();

        assertThat(merchant.balance()).isEqualTo("500 100");
        assertThat(merchant.commissions())
                .containsExactly("base_rate approved 100", "base_rate held 200", "base_rate pending 300");
    }

    @Test
    void tiers_go_up_with_what_is_sold_and_down_with_refunds_but_not_below_what_a_person_gave() {
        UUID gold = tier("Gold", 2, 2_000);
        tier("Silver", 1, 0);
        UUID sale = merchant.sale(2_000);
        merchant.book();

        assertThat(Typed.run(application, "job", "tiers", "--dry-run").toString())
                .contains("would promote");
        assertThat(tierNow()).isNull();
        assertThat(Typed.run(application, "job", "tiers").exitCode()).isZero();
        assertThat(tierNow()).isEqualTo(gold.toString());
        merchant.refunded(sale, 1_999);
        merchant.book();
        assertThat(Typed.run(application, "job", "tiers").exitCode()).isZero();
        assertThat(tierNow()).isNotEqualTo(gold.toString()).isNotNull();

        merchant.query("UPDATE enrollment SET tier_id = $2 WHERE id = $1", merchant.promoter.id(), gold);
        assertThat(Typed.run(application, "job", "tiers").exitCode()).isZero();
        assertThat(tierNow()).isEqualTo(gold.toString());
    }

    @Test
    void the_progress_that_an_affiliate_sees_is_what_the_job_goes_by() {
        UUID gold = tier("Gold", 1, 3_000);
        UUID first = merchant.sale(2_000);
        UUID second = merchant.sale(2_000);
        UUID third = merchant.sale(5_000);
        merchant.book();
        merchant.refunded(first, 1_001);
        merchant.refunded(third, 5_000);
        merchant.query("UPDATE conversion SET status = 'refunded' WHERE id = $1", third);
        merchant.book();

        assertThat(progress()).isEqualTo("2 2999 9996");
        assertThat(Typed.run(application, "job", "tiers").exitCode()).isZero();
        assertThat(tierNow()).isNull();
        merchant.refunded(second, 0);
        merchant.refunded(first, 1_000);
        merchant.book();
        assertThat(progress()).isEqualTo("2 3000 10000");
        assertThat(Typed.run(application, "job", "tiers").exitCode()).isZero();
        assertThat(tierNow()).isEqualTo(gold.toString());
    }

    @Test
    void what_earns_an_affiliate_nothing_counts_for_no_tier_though_its_recruiter_has_a_share() {
        UUID gold = tier("Gold", 1, 3_000);
        merchant.query("UPDATE program SET two_tier = true WHERE id = $1", merchant.promoter.id());
        UUID recruit = merchant.recruit();
        UUID refused = merchant.sale(recruit, 50_000, List.of());
        merchant.book();
        assertThat(merchant.commissions()).containsExactly("upline_1 pending 250");
        reject(refused, recruit);

        assertThat(Typed.run(application, "job", "tiers").exitCode()).isZero();
        assertThat(tierOf(recruit)).isNull();
        merchant.sale(recruit, 3_000, List.of());
        merchant.book();
        assertThat(Typed.run(application, "job", "tiers").exitCode()).isZero();
        assertThat(tierOf(recruit)).isEqualTo(gold.toString());
    }

    /** Refuses what an affiliate itself earned by a sale, as staff do. */
    private void reject(UUID sale, UUID affiliate) {
        UUID commission = UUID.fromString(merchant.query(
                        "SELECT id FROM commission WHERE conversion_id = $1 AND affiliate_id = $2", sale, affiliate)
                .get(0)
                .getString("id"));
        given().auth()
                .oauth2(Tokens.as("ann", "admin"))
                .contentType("application/json")
                .body("{\"reason\": \"a test order\"}")
                .post("/api/admin/commissions/" + TypeId.COMMISSION.format(commission) + "/reject")
                .then()
                .statusCode(200);
    }

    /** Conversions, revenue and the share of the way, as the profile tells them. */
    private String progress() {
        JsonPath told = merchant.promoter
                .asks()
                .get("/api/affiliate/profile")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("membership.progress");
        return "%d %d %d".formatted(told.getInt("conversions"), told.getInt("revenue.amount"), told.getInt("shareBps"));
    }

    private String tierNow() {
        return tierOf(merchant.promoter.id());
    }

    private String tierOf(UUID enrollment) {
        return merchant.query("SELECT tier_id FROM enrollment WHERE id = $1", enrollment)
                .get(0)
                .getString("tier_id");
    }

    private UUID tier(String name, int rank, long revenue) {
        UUID id = UUID.randomUUID();
        merchant.query(
                """
                INSERT INTO tier (id, program_id, name, rank, rate_bps, min_revenue_minor, created_at, updated_at)
                VALUES ($1, $2, $3, $4, 1000, $5, now(), now())
                """,
                id,
                merchant.promoter.id(),
                name,
                rank,
                revenue);
        return id;
    }
}
