package dev.tributary.commission;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.tributary.Tokens;
import dev.tributary.conversion.Conversions;
import dev.tributary.embedded.Stores;
import dev.tributary.job.CommandLineApplication;
import dev.tributary.job.Typed;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Purse;
import dev.tributary.ledger.Source;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bonuses for a number of customers, and how refunds take them back. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class MilestonesDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final UUID RAIL = UUID.fromString("00000000-0000-7000-8000-00000000000c");

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

    @Inject
    Ledger ledger;

    @Inject
    CommandLineApplication application;

    private Merchant merchant;

    @BeforeEach
    void somebodySells() {
        merchant = new Merchant(pool, conversions, transactions, booker);
    }

    private static RequestSpecification admin() {
        return given().auth()
                .oauth2(Tokens.as("ann", "admin"))
                .accept("application/json")
                .contentType("application/json");
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
                .body("clawback", equalTo(null), "active", equalTo(true))
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

    @Test
    void a_bonus_that_was_paid_is_a_debt_when_refunds_undo_it_and_later_earnings_pay_it_down() {
        milestone(1, "");
        UUID sale = merchant.sale("o-1", "c-1", 10_000);
        count();
        payAll();
        assertThat(merchant.balance()).isEqualTo("0 0");

        merchant.refunded(sale, 10_000);
        count();

        assertThat(milestones()).containsExactly("milestone reversed 0");
        assertThat(merchant.balance()).isEqualTo("0 -6000");
        merchant.sale("o-2", "c-2", 10_000);
        count();
        assertThat(milestones()).containsExactly("milestone paid 5000");
        assertThat(merchant.balance()).isEqualTo("1000 -1000");
    }

    @Test
    void a_refund_in_part_leaves_the_bonus() {
        milestone(1, "");
        UUID sale = merchant.sale("o-1", "c-1", 10_000);
        count();
        merchant.refunded(sale, 9_999);
        count();
        assertThat(milestones()).containsExactly("milestone pending 5000");
    }

    @Test
    void where_the_program_says_so_refunds_take_nothing() {
        programClawback(false);
        milestone(1, "");
        UUID sale = merchant.sale("o-1", "c-1", 10_000);
        count();
        merchant.refunded(sale, 10_000);
        count();
        assertThat(milestones()).containsExactly("milestone pending 5000");
        merchant.promoter
                .asks()
                .get("/api/affiliate/milestones")
                .then()
                .body("convertedReferrals", equalTo(0), "data[0].awardedAt", notNullValue());
    }

    @Test
    void a_milestone_may_say_otherwise_than_its_program() {
        programClawback(false);
        String id = milestone(1, "\"clawback\": true,");
        UUID sale = merchant.sale("o-1", "c-1", 10_000);
        count();
        merchant.refunded(sale, 10_000);
        count();
        assertThat(milestones()).containsExactly("milestone reversed 0");

        admin().body("{\"clawback\": null}")
                .patch("/api/admin/milestones/" + id)
                .then()
                .statusCode(200)
                .body("clawback", equalTo(null));
        count();
        assertThat(milestones()).containsExactly("milestone reversed 0");
        merchant.sale("o-2", "c-2", 10_000);
        count();
        assertThat(milestones()).containsExactly("milestone pending 5000");
    }

    @Test
    void a_bonus_follows_refunds_after_its_milestone_was_switched_off() {
        String id = milestone(1, "");
        UUID sale = merchant.sale("o-1", "c-1", 10_000);
        count();
        admin().body("{\"active\": false}")
                .patch("/api/admin/milestones/" + id)
                .then()
                .statusCode(200);
        count();
        merchant.refunded(sale, 10_000);
        count();
        assertThat(milestones()).containsExactly("milestone reversed 0");
    }

    @Test
    void a_bonus_that_is_held_stays_held_through_a_refund_and_its_undoing() {
        milestone(1, "");
        UUID sale = merchant.sale("o-1", "c-1", 10_000);
        count();
        merchant.query("UPDATE commission SET status = 'held' WHERE affiliate_id = $1", merchant.promoter.id());
        merchant.refunded(sale, 10_000);
        count();
        assertThat(merchant.commissions()).containsExactly("base_rate held 0", "milestone held 0");
        merchant.refunded(sale, 0);
        count();
        assertThat(merchant.commissions()).containsExactly("base_rate held 1000", "milestone held 5000");
        assertThat(merchant.balance()).isEqualTo("6000 0");
    }

    private String milestone(int threshold, String more) {
        return admin().body(
                        """
                        {"programId": "%s", "name": "Customers", "threshold": %d, %s
                         "bonus": {"amount": 5000, "currency": "EUR"}}
                        """
                                .formatted(merchant.promoter.programId(), threshold, more))
                .post("/api/admin/milestones")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void programClawback(boolean on) {
        admin().body("{\"milestoneClawback\": %s}".formatted(on))
                .patch("/api/admin/programs/" + merchant.promoter.programId())
                .then()
                .statusCode(200)
                .body("milestoneClawback", equalTo(on));
    }

    /** Releases all there is, and books a payout of it as the books know one. */
    private void payAll() {
        merchant.query(
                "UPDATE commission SET release_at = now() - interval '1 s' WHERE affiliate_id = $1",
                merchant.promoter.id());
        assertThat(Typed.run(application, "job", "release-holds").exitCode()).isZero();
        long available = Long.parseLong(merchant.balance().split(" ")[1]);
        Purse purse = new Purse(merchant.promoter.id(), merchant.promoter.id(), "EUR");
        Source payout = new Source("payout", UUID.randomUUID());
        transactions
                .run(tx -> ledger.post(
                        tx,
                        List.of(
                                Entry.reserve(payout, purse, available, Instant.now(), ""),
                                Entry.paid(payout, purse, RAIL, available, Instant.now(), ""))))
                .await()
                .atMost(ANSWER);
        merchant.query(
                "UPDATE commission SET status = 'paid', paid_at = now() WHERE affiliate_id = $1",
                merchant.promoter.id());
    }

    private void count() {
        merchant.book();
        assess();
    }

    private void assess() {
        while (transactions.run(awards::assess).await().atMost(ANSWER) > 0) {}
    }

    private List<String> milestones() {
        return merchant.commissions().stream()
                .filter(line -> line.startsWith("milestone"))
                .toList();
    }
}
