package dev.tributary.commission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Line;
import dev.tributary.embedded.Stores;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From what a merchant tells to what the books hold, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class BookerDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    @Inject
    Pool pool;

    @Inject
    Conversions conversions;

    @Inject
    Transactions transactions;

    @Inject
    Booker booker;

    @Inject
    CommissionRepository repository;

    @Inject
    Posting posting;

    private Merchant merchant;

    @BeforeEach
    void somebodySells() {
        merchant = new Merchant(pool, conversions, transactions, booker);
    }

    @Test
    void a_sale_becomes_a_commission_in_the_books_once() {
        UUID sale = merchant.sale(19_99);
        merchant.book();

        assertThat(merchant.commissions()).containsExactly("base_rate pending 200");
        assertThat(merchant.balance()).isEqualTo("200 0");
        transactions.run(tx -> conversions.makeDue(tx, List.of(sale))).await().atMost(ANSWER);
        merchant.book();
        assertThat(merchant.commissions()).containsExactly("base_rate pending 200");
        assertThat(merchant.query(
                        "SELECT * FROM outbox_event WHERE type LIKE 'commission.%' AND payload->>'programId' = $1",
                        merchant.promoter.programId()))
                .hasSize(1);
    }

    @Test
    void the_arithmetic_is_kept_and_gives_the_same_again() {
        merchant.rule("product", "{\"sku\": \"A\", \"bps\": 2500}", null, null);
        merchant.sale(merchant.promoter.id(), 10_000, List.of(new Line("A", "", 3_333, 1)));
        merchant.book();

        JsonObject row = merchant.query(
                        "SELECT arithmetic, amount_minor FROM commission WHERE affiliate_id = $1",
                        merchant.promoter.id())
                .get(0);
        Arithmetic kept = repository.arithmetic(row.getJsonObject("arithmetic").encode());
        assertThat(kept.recomputed()).isEqualTo(row.getLong("amount_minor")).isEqualTo(1_500);
        assertThat(kept.terms()).hasSize(2);
    }

    @Test
    void refunds_take_from_what_is_pending_then_from_what_is_available_and_a_won_dispute_gives_again() {
        UUID sale = merchant.sale(10_000);
        merchant.book();
        merchant.refunded(sale, 2_500);
        merchant.book();
        assertThat(merchant.balance()).isEqualTo("750 0");
        approve(sale);
        assertThat(merchant.balance()).isEqualTo("0 750");

        merchant.refunded(sale, 10_000);
        merchant.book();
        assertThat(merchant.balance()).isEqualTo("0 0");
        assertThat(merchant.commissions()).containsExactly("base_rate reversed 0");

        merchant.refunded(sale, 5_000);
        merchant.book();
        assertThat(merchant.balance()).isEqualTo("0 500");
        assertThat(merchant.commissions()).containsExactly("base_rate approved 500");
    }

    @Test
    void a_refund_after_payout_is_a_debt() {
        UUID sale = merchant.sale(10_000);
        merchant.book();
        approve(sale);
        merchant.query("UPDATE commission SET status = 'paid', paid_at = now() WHERE conversion_id = $1", sale);
        merchant.query("UPDATE ledger_balance SET available = 0 WHERE enrollment_id = $1", merchant.promoter.id());

        merchant.refunded(sale, 4_000);
        merchant.book();

        assertThat(merchant.balance()).isEqualTo("0 -400");
        assertThat(merchant.commissions()).containsExactly("base_rate paid 600");
        merchant.query(
                "UPDATE ledger_balance SET available = available + 1000 WHERE enrollment_id = $1",
                merchant.promoter.id());
    }

    @Test
    void recruiters_share_and_their_share_follows_refunds() {
        UUID recruit = merchant.recruit();
        merchant.query("UPDATE program SET two_tier = true WHERE id = $1", merchant.promoter.id());
        UUID sale = merchant.sale(recruit, 10_000, List.of());
        merchant.book();
        assertThat(merchant.commissions(recruit)).containsExactly("base_rate pending 1000");
        assertThat(merchant.commissions()).containsExactly("upline_1 pending 50");

        merchant.refunded(sale, 5_000);
        merchant.book();

        assertThat(merchant.balance(recruit)).isEqualTo("500 0");
        assertThat(merchant.balance()).isEqualTo("25 0");
    }

    @Test
    void a_new_decision_takes_the_earlier_one_back_and_makes_room_under_the_cap() {
        UUID recruit = merchant.recruit();
        merchant.rule("percentage", "{\"bps\": 1000}", "month", 1_000L);
        UUID sale = merchant.sale(10_000);
        merchant.book();
        assertThat(merchant.commissions()).containsExactly("percentage pending 1000");

        merchant.query("UPDATE conversion SET decision = 2 WHERE id = $1", sale);
        merchant.query(
                """
                INSERT INTO attribution_decision
                SELECT (jsonb_populate_record(d, '{"number": 2}')).* FROM attribution_decision d WHERE conversion_id = $1
                """,
                sale);
        merchant.query(
                """
                INSERT INTO attribution (conversion_id, decision, enrollment_id, affiliate_id, src, weight_bps, basis)
                SELECT conversion_id, 2, $2, $2, src, weight_bps, basis FROM attribution WHERE conversion_id = $1
                """,
                sale,
                recruit);
        transactions.run(tx -> conversions.makeDue(tx, List.of(sale))).await().atMost(ANSWER);
        merchant.book();

        assertThat(merchant.commissions()).containsExactly("percentage reversed 0");
        assertThat(merchant.commissions(recruit)).containsExactly("percentage pending 1000");
        assertThat(merchant.balance()).isEqualTo("0 0");
        merchant.sale(5_000);
        merchant.book();
        assertThat(merchant.balance()).isEqualTo("500 0");
    }

    @Test
    void a_cap_is_exact_under_twenty_bookers_at_once() {
        merchant.rule("percentage", "{\"bps\": 1000}", "month", 1_234L);
        for (int i = 0; i < 60; i++) merchant.sale(1_000);

        List<Uni<Booker.Done>> bookers = IntStream.range(0, 20)
                .mapToObj(i -> transactions.run(tx -> booker.book(tx, 3)))
                .toList();
        Uni.join().all(bookers).andFailFast().await().atMost(ANSWER);
        merchant.book();

        assertThat(merchant.balance()).isEqualTo("1234 0");
        assertThat(merchant.query(
                        "SELECT paid_minor FROM commission_counter WHERE enrollment_id = $1", merchant.promoter.id()))
                .singleElement()
                .satisfies(row -> assertThat(row.getLong("paid_minor")).isEqualTo(1_234));
        assertThat(merchant.commissions()).hasSize(60);
    }

    @Test
    void volume_bonuses_grow_with_the_month() {
        merchant.rule(
                "volume_bonus",
                "{\"volumeOf\": \"conversions\", \"brackets\": [{\"from\": 2, \"bps\": 5000}]}",
                null,
                null);
        for (int i = 0; i < 3; i++) merchant.sale(1_000);
        merchant.book();

        assertThat(merchant.commissions())
                .containsExactly(
                        "base_rate pending 100",
                        "base_rate pending 100",
                        "base_rate pending 100",
                        "volume_bonus pending 50");
    }

    @Test
    void a_conversion_that_cannot_be_computed_keeps_no_other_waiting() {
        UUID strange = merchant.sale(1_000);
        merchant.rule("percentage", "{\"bps\": 1000}", null, null);
        merchant.query("UPDATE commission_rule SET kind = 'unheard_of' WHERE program_id = $1", merchant.promoter.id());
        Merchant other = new Merchant(pool, conversions, transactions, booker);
        other.sale(1_000);
        merchant.book();

        assertThat(other.commissions()).hasSize(1);
        assertThat(merchant.query("SELECT message FROM commission_failure WHERE conversion_id = $1", strange))
                .hasSize(1);
        merchant.query("DELETE FROM commission_rule WHERE program_id = $1", merchant.promoter.id());
        transactions
                .run(tx -> conversions.makeDue(tx, List.of(strange)))
                .await()
                .atMost(ANSWER);
        merchant.book();
        assertThat(merchant.commissions()).hasSize(1);
        assertThat(merchant.query("SELECT FROM commission_failure WHERE conversion_id = $1", strange))
                .isEmpty();
    }

    @Test
    void a_lead_pays_the_bonus_of_its_tier() {
        UUID tier = UUID.randomUUID();
        merchant.query(
                """
                INSERT INTO tier (id, program_id, name, rank, rate_bps, sign_up_bonus_minor, created_at, updated_at)
                VALUES ($1, $2, 'Gold', 2, 2000, 700, now(), now())
                """,
                tier,
                merchant.promoter.id());
        merchant.query("UPDATE enrollment SET tier_id = $2 WHERE id = $1", merchant.promoter.id(), tier);
        merchant.lead("c-1");
        merchant.sale("o-1", "c-1", 1_000);
        merchant.book();

        assertThat(merchant.commissions()).containsExactly("sign_up_bonus pending 700", "tier_rate pending 200");
    }

    private void approve(UUID conversion) {
        transactions
                .run(tx -> repository
                        .of(tx, List.of(conversion), true)
                        .chain(found -> posting.apply(
                                tx,
                                found.stream()
                                        .map(one -> Move.approve(one, java.time.Instant.now()))
                                        .toList(),
                                java.util.Map.of(),
                                null)))
                .await()
                .atMost(ANSWER);
    }
}
