package dev.tributary.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.conversion.Outcome.Repeat;
import dev.tributary.embedded.Stores;
import dev.tributary.money.Money;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of events, whichever door they come through. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class IntakeDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    @Inject
    Conversions conversions;

    @Inject
    Transactions transactions;

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
    void a_sale_after_a_click_is_credited_to_the_click() {
        UUID click = shop.click(Duration.ofDays(1));
        Outcome sold = take(shop.sale("order-1", null, 4_999, Touch.click(click)));

        assertThat(sold.status()).isEqualTo(Status.ACCEPTED);
        assertThat(sold.repeat()).isEqualTo(Repeat.NEW);
        assertThat(sold.credits()).containsExactly(new Credit(ada.id(), ada.id(), ada.id(), "news", Credit.WHOLE));
        assertThat(shop.conversion("order-1").getLong("amount_minor")).isEqualTo(4_999);
        assertThat(shop.conversion("order-1").getString("src")).isEqualTo("news");
        assertThat(shop.told()).containsExactly("conversion.accepted");
        assertThat(shop.due()).isOne();
    }

    @Test
    void a_thousand_parallel_posts_of_one_event_are_one_conversion_and_one_event() {
        Incoming sale = shop.sale("order-1", "kim", 4_999, Touch.click(shop.click(Duration.ofHours(1))));
        List<Outcome> answers = Multi.createFrom()
                .range(0, 1_000)
                .onItem()
                .transformToUni(i -> conversions.intake(List.of(sale)))
                .merge(100)
                .collect()
                .asList()
                .await()
                .atMost(ANSWER)
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(answers)
                .hasSize(1_000)
                .extracting(Outcome::id)
                .containsOnly(answers.get(0).id());
        assertThat(answers).filteredOn(a -> a.repeat() == Repeat.NEW).hasSize(1);
        assertThat(answers).extracting(Outcome::status).containsOnly(Status.ACCEPTED);
        assertThat(answers).allSatisfy(a -> assertThat(a.credits()).hasSize(1));
        assertThat(shop.conversions()).hasSize(1);
        assertThat(shop.told()).containsExactly("conversion.accepted");
        assertThat(shop.due()).isOne();
    }

    @Test
    void what_stands_in_a_batch_twice_is_taken_once() {
        Touch touch = Touch.click(shop.click(Duration.ofHours(1)));
        List<Outcome> answers = take(
                shop.sale("a", null, 100, touch),
                shop.sale("b", null, 200, touch),
                shop.sale("a", null, 100, touch),
                shop.sale("a", null, 101, touch));

        assertThat(answers)
                .extracting(Outcome::repeat)
                .containsExactly(Repeat.NEW, Repeat.NEW, Repeat.SAME, Repeat.DIFFERENT);
        assertThat(answers.get(3).id()).isEqualTo(answers.get(0).id());
        assertThat(shop.conversions()).hasSize(2);
    }

    @Test
    void the_same_id_with_another_content_changes_nothing_and_says_so() {
        Touch touch = Touch.click(shop.click(Duration.ofHours(1)));
        take(shop.sale("a", null, 100, touch));
        assertThat(take(shop.sale("a", null, 100, Touch.NONE)).repeat()).isEqualTo(Repeat.SAME);
        assertThat(take(shop.sale("a", null, 200, touch)).repeat()).isEqualTo(Repeat.DIFFERENT);
        assertThat(shop.conversion("a").getLong("amount_minor")).isEqualTo(100);
    }

    @Test
    void a_lead_binds_the_customer_whose_later_sales_need_no_click() {
        take(shop.lead("kim", Touch.click(shop.click(Duration.ofDays(2)))));
        assertThat(shop.referral("kim").getString("status")).isEqualTo("signed_up");
        assertThat(shop.referral("kim").getString("src")).isEqualTo("news");

        Outcome sold = take(shop.sale("order-1", "kim", 100, Touch.NONE));
        assertThat(sold.status()).isEqualTo(Status.ACCEPTED);
        assertThat(shop.referral("kim").getString("status")).isEqualTo("converted");
        assertThat(shop.referral("kim").getString("converted_at")).isNotNull();
        assertThat(take(shop.sale("order-2", "kim", 100, Touch.NONE)).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void a_lead_binds_for_what_follows_in_its_batch() {
        List<Outcome> answers = take(
                shop.lead("kim", Touch.click(shop.click(Duration.ofDays(2)))),
                shop.sale("order-1", "kim", 100, Touch.NONE));
        assertThat(answers).extracting(Outcome::status).containsOnly(Status.ACCEPTED);
        assertThat(shop.referral("kim").getString("status")).isEqualTo("converted");
    }

    @Test
    void a_customer_who_left_and_buys_again_is_converted_again() {
        take(shop.sale("order-1", "kim", 100, Touch.code(shop.code())));
        transactions
                .run(tx -> conversions.churn(tx, ada.id(), "kim", Shop.now()))
                .await()
                .atMost(ANSWER);
        assertThat(shop.referral("kim").getString("status")).isEqualTo("churned");
        take(shop.sale("order-2", "kim", 100, Touch.NONE));
        assertThat(shop.referral("kim").getString("status")).isEqualTo("converted");
    }

    @Test
    void a_customer_signs_up_once() {
        Touch touch = Touch.click(shop.click(Duration.ofHours(1)));
        take(shop.lead("kim", touch));
        Outcome again = take(shop.event(Kind.LEAD, "another", "kim", new Money(0, "EUR"), touch));
        assertRejected(again, Reason.DUPLICATE);
        assertThat(shop.due()).isOne();
        assertThat(shop.told()).containsExactlyInAnyOrder("conversion.accepted", "conversion.rejected");
    }

    @Test
    void of_leads_of_one_customer_at_once_one_is_accepted() {
        Touch touch = Touch.click(shop.click(Duration.ofHours(1)));
        List<Incoming> leads = IntStream.range(0, 50)
                .mapToObj(i -> shop.event(Kind.LEAD, "lead-" + i, "kim", new Money(0, "EUR"), touch))
                .toList();
        List<Uni<List<Outcome>>> posts =
                leads.stream().map(lead -> conversions.intake(List.of(lead))).toList();
        Uni.join().all(posts).andFailFast().await().atMost(ANSWER);
        assertThat(shop.conversions())
                .filteredOn(row -> row.getString("status").equals("accepted"))
                .hasSize(1);
        assertThat(shop.due()).isOne();
        assertThat(shop.told()).hasSize(50);
    }

    @Test
    void every_refusal_is_stored_with_its_reason() {
        assertRejected(take(shop.sale("none", "stranger", 100, Touch.NONE)), Reason.NO_EVIDENCE);
        assertRejected(take(shop.sale("code", null, 100, Touch.code("NOSUCHCODE"))), Reason.PROMO_CODE_UNKNOWN);
        assertRejected(
                take(shop.sale("bot", null, 100, Touch.click(shop.click(Duration.ofHours(1), null, "bot", "")))),
                Reason.CLICK_NOT_HUMAN);
        assertRejected(
                take(shop.sale("named", null, 100, Touch.affiliate(UUID.randomUUID()))), Reason.AFFILIATE_UNKNOWN);
        assertRejected(
                take(shop.event(
                        Kind.SALE,
                        "dollars",
                        null,
                        new Money(100, "USD"),
                        Touch.click(shop.click(Duration.ofHours(1))))),
                Reason.CURRENCY_MISMATCH);
        assertRejected(
                take(shop.sale(
                        "old", null, 100, Touch.click(Shop.clickId(Shop.now().minus(Duration.ofDays(60)))))),
                Reason.CLICK_UNKNOWN);
        assertThat(shop.due()).isZero();
        assertThat(shop.told()).hasSize(6).containsOnly("conversion.rejected");
    }

    @Test
    void a_suspended_affiliate_and_an_inactive_program_earn_nothing() {
        UUID click = shop.click(Duration.ofHours(1));
        shop.run("UPDATE enrollment SET status = 'suspended' WHERE id = $1", ada.id());
        assertRejected(take(shop.sale("a", null, 100, Touch.click(click))), Reason.AFFILIATE_SUSPENDED);
        shop.run("UPDATE program SET active = false WHERE id = $1", ada.id());
        assertRejected(take(shop.sale("b", null, 100, Touch.click(click))), Reason.PROGRAM_INACTIVE);
    }

    @Test
    void a_click_that_has_not_landed_is_waited_for() {
        UUID click = Shop.clickId(Shop.now());
        Outcome sold = take(shop.sale("early", "kim", 100, Touch.click(click)));
        assertThat(sold.status()).isEqualTo(Status.WAITING);
        assertThat(sold.reason()).isNull();
        assertThat(shop.conversion("early").getString("waiting_until")).isNotNull();
        assertThat(shop.told()).isEmpty();
        assertThat(shop.due()).isZero();
    }

    @Test
    void a_thousand_at_once_are_decided_each_by_itself_and_a_second_time_change_nothing() {
        Touch touch = Touch.click(shop.click(Duration.ofHours(1)));
        List<Incoming> batch = new ArrayList<>(IntStream.range(0, 1_000)
                .mapToObj(i -> shop.sale("order-" + i, "customer-" + i, 100 + i, i % 10 == 9 ? Touch.NONE : touch))
                .toList());
        List<Outcome> first = conversions.intake(batch).await().atMost(ANSWER);
        assertThat(first).filteredOn(a -> a.status() == Status.ACCEPTED).hasSize(900);
        assertThat(first).filteredOn(a -> a.reason() == Reason.NO_EVIDENCE).hasSize(100);
        assertThat(first)
                .extracting(Outcome::externalId)
                .containsExactlyElementsOf(
                        batch.stream().map(Incoming::externalId).toList());

        Collections.shuffle(batch);
        assertThat(conversions.intake(batch).await().atMost(ANSWER))
                .extracting(Outcome::repeat)
                .containsOnly(Repeat.SAME);
        assertThat(shop.conversions()).hasSize(1_000);
        assertThat(shop.told()).hasSize(1_000);
        assertThat(shop.due()).isEqualTo(900);
    }

    @Test
    void batches_that_overlap_in_any_order_do_not_stop_each_other() {
        Touch touch = Touch.click(shop.click(Duration.ofHours(1)));
        List<Uni<List<Outcome>>> posts = IntStream.range(0, 12)
                .mapToObj(i -> {
                    List<Incoming> batch = new ArrayList<>(IntStream.range(0, 100)
                            .mapToObj(n -> shop.sale("order-" + n, "customer-" + n % 7, 100, touch))
                            .toList());
                    Collections.shuffle(batch);
                    return conversions.intake(batch);
                })
                .toList();
        List<List<Outcome>> answers =
                Uni.join().all(posts).andFailFast().await().atMost(ANSWER);
        assertThat(answers.stream().flatMap(List::stream).filter(a -> a.repeat() == Repeat.NEW))
                .hasSize(100);
        assertThat(shop.conversions()).hasSize(100);
    }

    @Test
    void nobody_suffers_from_a_neighbour_in_a_shared_transaction() {
        Touch touch = Touch.click(shop.click(Duration.ofHours(1)));
        Incoming good = shop.sale("good", null, 100, touch);
        // No door lets an event of no program in; it makes the whole transaction fail.
        Incoming bad = new Incoming(
                UUID.randomUUID(),
                Kind.SALE,
                "bad",
                null,
                new Money(1, "EUR"),
                List.of(),
                Shop.now(),
                Door.API,
                touch,
                Buyer.UNKNOWN,
                Details.NONE);
        List<Uni<Object>> posts = IntStream.range(0, 60)
                .mapToObj(i -> conversions
                        .intake(List.of(i % 20 == 7 ? bad : shop.sale("order-" + i, null, 100, touch)))
                        .<Object>map(answers -> answers.get(0).status())
                        .onFailure()
                        .recoverWithItem(failure -> "failed"))
                .toList();
        List<Object> ends = Uni.join().all(posts).andFailFast().await().atMost(ANSWER);
        assertThat(ends).filteredOn(Status.ACCEPTED::equals).hasSize(57);
        assertThat(ends).filteredOn("failed"::equals).hasSize(3);
        assertThat(take(good).status()).isEqualTo(Status.ACCEPTED);
        assertThat(shop.conversions()).hasSize(58);
    }

    @Test
    void what_is_due_is_taken_once_with_its_credits_and_then_is_done() {
        // The oldest come first, and other tests leave more than are taken at once.
        shop.run("DELETE FROM conversion_due");
        Outcome sold = take(shop.sale("order-1", "kim", 4_999, Touch.click(shop.click(Duration.ofHours(1)))));
        List<DueConversion> mine = transactions
                .run(tx -> conversions
                        .takeDue(tx, 500)
                        .call(due -> conversions.booked(
                                tx,
                                due.stream()
                                        .map(DueConversion::id)
                                        .filter(sold.id()::equals)
                                        .toList())))
                .await()
                .atMost(ANSWER)
                .stream()
                .filter(due -> due.id().equals(sold.id()))
                .toList();
        assertThat(mine).hasSize(1);
        assertThat(mine.get(0).amount()).isEqualTo(new Money(4_999, "EUR"));
        assertThat(mine.get(0).customer()).isEqualTo("kim");
        assertThat(mine.get(0).decision()).isOne();
        assertThat(mine.get(0).credits()).isEqualTo(sold.credits());
        assertThat(shop.due()).isZero();
    }

    private static void assertRejected(Outcome outcome, Reason reason) {
        assertThat(outcome.status()).isEqualTo(Status.REJECTED);
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.credits()).isEmpty();
    }

    private Outcome take(Incoming event) {
        return conversions.intake(List.of(event)).await().atMost(ANSWER).get(0);
    }

    private List<Outcome> take(Incoming... events) {
        return conversions.intake(List.of(events)).await().atMost(ANSWER);
    }
}
