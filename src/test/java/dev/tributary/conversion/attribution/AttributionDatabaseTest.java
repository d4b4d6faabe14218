package dev.tributary.conversion.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tributary.Promoter;
import dev.tributary.embedded.Stores;
import dev.tributary.id.Ids;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL finds for a batch of evidence, and what is kept of each decision. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class AttributionDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Inject
    Pool pool;

    @Inject
    Transactions transactions;

    @Inject
    Attributions attributions;

    @Inject
    Ids ids;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private Promoter ada;
    private UUID program;
    private Joined adas;
    private Joined ben;

    @BeforeEach
    void two_in_a_program() {
        ada = Promoter.in(pool, "UTC");
        program = ada.id();
        adas = new Joined(program, program, program);
        ben = Joined.to(pool, program);
    }

    @Test
    void a_named_click_earns_with_or_without_a_visitor() {
        UUID click = click(adas, null, Duration.ofHours(3));
        Decision decision = decide(sale(null, click, null, null));
        assertThat(decision.winners())
                .containsExactly(new Winner(adas.enrollment(), adas.affiliate(), click, adas.link(), "news", 10_000));
        assertThat(decision.windowDays()).isEqualTo(30);
        assertThat(decision.model()).isEqualTo("last_click");
    }

    @Test
    void the_visitors_way_is_found_by_its_id_across_days_and_shared_by_the_programs_model() {
        query("UPDATE program SET attribution_model = 'linear' WHERE id = $1", program);
        UUID visitor = visitor(Duration.ofDays(5));
        UUID first = click(adas, visitor, Duration.ofDays(4));
        UUID last = click(ben, visitor, Duration.ofHours(1));
        Decision decision = decide(sale(null, null, null, visitor));
        assertThat(decision.basis()).isEqualTo(Basis.VISITOR);
        assertThat(decision.winners())
                .extracting(Winner::clickId, Winner::weightBps)
                .containsExactly(tuple(last, 5_000), tuple(first, 5_000));
        assertThat(decide(sale(null, last, null, null)).candidates())
                .extracting(Candidate::clickId)
                .containsExactly(first, last);
    }

    @Test
    void a_visitor_id_of_another_version_of_uuid_is_looked_for_in_the_whole_window() {
        UUID visitor = UUID.randomUUID();
        UUID click = click(adas, visitor, Duration.ofDays(6));
        assertThat(decide(sale(null, null, null, visitor)).winners())
                .extracting(Winner::clickId)
                .containsExactly(click);
    }

    @Test
    void bots_and_clicks_that_may_not_earn_are_told_apart_only_where_they_are_named() {
        UUID visitor = visitor(Duration.ofDays(2));
        UUID bot = click(adas, visitor, Duration.ofHours(2), "bot", true);
        UUID idle = click(adas, visitor, Duration.ofHours(2), "human", false);
        assertThat(decide(sale(null, bot, null, null)).reason()).isEqualTo(Exclusion.CLICK_NOT_HUMAN);
        assertThat(decide(sale(null, idle, null, null)).reason()).isEqualTo(Exclusion.CLICK_NOT_CREDITED);
        assertThat(decide(sale(null, null, null, visitor)).reason()).isEqualTo(Exclusion.NO_EVIDENCE);
    }

    @Test
    void clicks_outside_the_window_earn_nothing() {
        query("UPDATE program SET window_days = 1 WHERE id = $1", program);
        UUID visitor = visitor(Duration.ofDays(5));
        UUID old = click(adas, visitor, Duration.ofHours(25));
        assertThat(decide(sale(null, old, null, null)).reason()).isEqualTo(Exclusion.OUTSIDE_WINDOW);
        assertThat(decide(sale(null, null, null, visitor)).reason()).isEqualTo(Exclusion.NO_EVIDENCE);
        UUID fresh = click(adas, visitor, Duration.ofHours(24));
        assertThat(decide(sale(null, null, null, visitor)).winners())
                .extracting(Winner::clickId)
                .containsExactly(fresh);
    }

    @Test
    void another_programs_clicks_codes_and_customers_are_unknown() {
        Promoter eve = Promoter.in(pool, "UTC");
        Joined eves = new Joined(eve.id(), eve.id(), eve.id());
        UUID visitor = visitor(Duration.ofDays(1));
        UUID click = click(eves, visitor, Duration.ofHours(1), "human", true, eve.id());
        code(eves, eve.id(), "EVE");
        bind(eves, eve.id(), "buyer");
        assertThat(decide(sale(null, click, null, null)).reason()).isEqualTo(Exclusion.CLICK_UNKNOWN);
        assertThat(decide(sale(null, null, null, visitor)).reason()).isEqualTo(Exclusion.NO_EVIDENCE);
        assertThat(decide(sale("EVE" + eve.code(), null, "buyer", null)).reason())
                .isEqualTo(Exclusion.PROMO_CODE_UNKNOWN);
    }

    @Test
    void a_promo_code_is_the_same_in_any_case_and_a_paused_one_is_none() {
        code(ben, program, "BEN");
        String code = "BEN" + ada.code();
        assertThat(decide(sale(code.toLowerCase(), null, null, null)).winners())
                .extracting(Winner::affiliateId)
                .containsExactly(ben.affiliate());
        query("UPDATE discount_code SET suspended = true WHERE program_id = $1", program);
        assertThat(decide(sale(code, null, null, null)).reason()).isEqualTo(Exclusion.PROMO_CODE_UNKNOWN);
    }

    @Test
    void a_bound_customer_pays_without_click_or_cookie_until_its_affiliate_is_suspended() {
        bind(ben, program, "buyer");
        assertThat(decide(sale(null, null, "buyer", null)).basis()).isEqualTo(Basis.CUSTOMER);
        query("UPDATE affiliate SET status = 'paused' WHERE id = $1", ben.affiliate());
        assertThat(decide(sale(null, null, "buyer", null)).basis()).isEqualTo(Basis.CUSTOMER);
        for (String status : List.of("suspended", "banned", "closed")) {
            query("UPDATE affiliate SET status = '" + status + "' WHERE id = $1", ben.affiliate());
            assertThat(decide(sale(null, null, "buyer", null)).reason()).isEqualTo(Exclusion.AFFILIATE_SUSPENDED);
        }
    }

    @Test
    void a_customer_that_one_of_a_batch_binds_is_bound_for_those_after_it() {
        UUID click = click(ben, null, Duration.ofHours(1));
        List<Decision> decisions = decide(List.of(
                sale(null, null, "new buyer", null),
                sale(null, click, "new buyer", null),
                sale(null, null, "new buyer", null)));
        assertThat(decisions).extracting(Decision::basis).containsExactly(Basis.NONE, Basis.CLICK, Basis.CUSTOMER);
        assertThat(decisions.get(2).winners().get(0).affiliateId()).isEqualTo(ben.affiliate());
    }

    @Test
    void a_hundred_clicks_at_most_are_looked_at_the_newest() {
        UUID visitor = visitor(Duration.ofDays(1));
        UUID oldest = click(adas, visitor, Duration.ofHours(20));
        for (int i = 0; i < 120; i++) click(ben, visitor, Duration.ofMinutes(200 - i));
        UUID newest = click(ben, visitor, Duration.ofMinutes(1));
        Decision decision = decide(sale(null, newest, null, null));
        assertThat(decision.candidates()).hasSize(Journey.MOST_CLICKS);
        assertThat(decision.candidates())
                .extracting(Candidate::clickId)
                .contains(newest)
                .doesNotContain(oldest);
    }

    @Test
    void a_thousand_are_decided_at_once_in_their_order() {
        List<Evidence> batch = new ArrayList<>();
        List<UUID> clicks = new ArrayList<>();
        for (int i = 0; i < 50; i++) clicks.add(click(i % 2 == 0 ? adas : ben, null, Duration.ofMinutes(i + 1)));
        for (int i = 0; i < Attributions.MOST_AT_ONCE; i++)
            batch.add(sale(null, i % 7 == 0 ? null : clicks.get(i % 50), null, null));
        List<Decision> decisions = decide(batch);
        for (int i = 0; i < batch.size(); i++) {
            assertThat(decisions.get(i).conversionId()).isEqualTo(batch.get(i).conversionId());
            assertThat(decisions.get(i).winners())
                    .extracting(Winner::affiliateId)
                    .isEqualTo(i % 7 == 0 ? List.of() : List.of(i % 50 % 2 == 0 ? adas.affiliate() : ben.affiliate()));
        }
    }

    @Test
    void a_decision_is_kept_with_its_candidates_and_what_other_models_would_have_said() {
        UUID visitor = visitor(Duration.ofDays(5));
        click(adas, visitor, Duration.ofDays(4));
        UUID last = click(ben, visitor, Duration.ofHours(1));
        Evidence evidence = sale(null, last, null, null);
        Decision decision = decide(evidence);
        store(evidence);
        keep(decision);
        assertThat(values("SELECT count(*) FROM attribution WHERE conversion_id = $1", evidence.conversionId()))
                .containsExactly(1L);
        assertThat(values(
                        "SELECT sum(weight_bps) FROM attribution_alternative WHERE conversion_id = $1 GROUP BY model",
                        evidence.conversionId()))
                .hasSize(5)
                .containsOnly(10_000L);
        assertThat(values(
                        "SELECT jsonb_array_length(candidates) FROM attribution_decision WHERE conversion_id = $1",
                        evidence.conversionId()))
                .containsExactly(2);
    }

    @Test
    void what_nobody_contests_and_what_nobody_earns_keeps_no_alternatives() {
        Evidence mine = sale(null, click(adas, null, Duration.ofHours(1)), null, null);
        Evidence nobodys = sale(null, null, null, null);
        store(mine);
        store(nobodys);
        transactions
                .run(tx -> attributions.decide(tx, List.of(mine, nobodys)).chain(d -> attributions.keep(tx, d)))
                .await()
                .atMost(ANSWER);
        for (Evidence evidence : List.of(mine, nobodys)) {
            assertThat(values(
                            "SELECT count(*) FROM attribution_alternative WHERE conversion_id = $1",
                            evidence.conversionId()))
                    .containsExactly(0L);
            assertThat(values(
                            "SELECT count(*) FROM attribution_decision WHERE conversion_id = $1",
                            evidence.conversionId()))
                    .containsExactly(1L);
        }
    }

    private Evidence sale(
            @Nullable String code, @Nullable UUID click, @Nullable String customer, @Nullable UUID visitor) {
        return new Evidence(ids.next(), 1, program, now, null, code, click, customer, visitor, true);
    }

    private Decision decide(Evidence evidence) {
        return decide(List.of(evidence)).get(0);
    }

    private List<Decision> decide(List<Evidence> batch) {
        return transactions.run(tx -> attributions.decide(tx, batch)).await().atMost(ANSWER);
    }

    private void keep(Decision decision) {
        transactions.run(tx -> attributions.keep(tx, List.of(decision))).await().atMost(ANSWER);
    }

    private void store(Evidence evidence) {
        query(
                """
                INSERT INTO conversion (id, program_id, kind, external_id, currency, occurred_at)
                VALUES ($1, $2, 'sale', $1::uuid::text, 'EUR', now())
                """,
                evidence.conversionId(),
                program);
    }

    private UUID click(Joined whose, @Nullable UUID visitor, Duration before) {
        return click(whose, visitor, before, "human", true);
    }

    private UUID click(Joined whose, @Nullable UUID visitor, Duration before, String traffic, boolean credited) {
        return click(whose, visitor, before, traffic, credited, program);
    }

    private UUID click(
            Joined whose, @Nullable UUID visitor, Duration before, String traffic, boolean credited, UUID in) {
        return Clicked.make(pool, now.minus(before), whose, in, visitor, traffic, credited);
    }

    private UUID visitor(Duration before) {
        return Clicked.id(now.minus(before));
    }

    private void code(Joined whose, UUID in, String text) {
        query(
                """
                INSERT INTO discount_code (id, program_id, enrollment_id, code, code_key, status, created_at, updated_at)
                SELECT $1, $2, $3, $4 || e.referral_code, $4 || e.referral_code, 'active', now(), now()
                  FROM enrollment e WHERE e.id = $2
                """,
                UUID.randomUUID(),
                in,
                whose.enrollment(),
                text);
    }

    private void bind(Joined whose, UUID in, String customer) {
        query(
                """
                INSERT INTO referral (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, signed_up_at)
                VALUES ($1, $2, $3, $4, $5, 'signed_up', now())
                """,
                UUID.randomUUID(),
                in,
                whose.enrollment(),
                whose.affiliate(),
                customer);
    }

    private List<Object> values(String sql, Object... values) {
        List<Object> found = new ArrayList<>();
        pool.preparedQuery(sql)
                .execute(Tuple.from(values))
                .await()
                .atMost(ANSWER)
                .forEach(row -> found.add(row.getValue(0)));
        return found;
    }

    private void query(String sql, Object... values) {
        pool.preparedQuery(sql).execute(Tuple.from(values)).await().atMost(ANSWER);
    }
}
