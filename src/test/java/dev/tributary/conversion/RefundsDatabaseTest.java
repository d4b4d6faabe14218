package dev.tributary.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Promoter;
import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.conversion.RefundOutcome.Result;
import dev.tributary.embedded.Stores;
import dev.tributary.money.Money;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that goes back, and comes again. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class RefundsDatabaseTest {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    @Inject
    Conversions conversions;

    @Inject
    Pool pool;

    private Promoter ada;
    private Shop shop;

    @BeforeEach
    void a_sale() {
        ada = Promoter.in(pool, "UTC");
        shop = new Shop(pool, ada);
        sell("order-1", 1_000);
        shop.run("DELETE FROM conversion_due WHERE conversion_id = $1", id("order-1"));
    }

    @Test
    void parts_go_back_until_nothing_is_left() {
        assertThat(refund("r1", "order-1", 300L).refunded()).isEqualTo(eur(300));
        assertThat(shop.conversion("order-1").getString("status")).isEqualTo("accepted");
        assertThat(shop.due()).isOne();
        RefundOutcome rest = refund("r2", "order-1", null);
        assertThat(rest.amount()).isEqualTo(eur(700));
        assertThat(rest.saleStatus()).isEqualTo(Status.REFUNDED);
        assertThat(shop.conversion("order-1").getLong("refunded_minor")).isEqualTo(1_000);
        assertThat(shop.conversion("order-1").getString("status")).isEqualTo("refunded");
        assertThat(shop.told()).containsExactly("conversion.accepted", "conversion.refunded", "conversion.refunded");
    }

    @Test
    void more_than_is_left_and_another_currency_are_refused_and_leave_no_trace() {
        assertThat(refund("r1", "order-1", 1_001L).result()).isEqualTo(Result.TOO_MUCH);
        assertThat(take(new IncomingRefund(
                                ada.id(), RefundKind.REFUND, "r1", "order-1", new Money(5, "USD"), Shop.now()))
                        .result())
                .isEqualTo(Result.CURRENCY_MISMATCH);
        assertThat(refund("r1", "order-1", 1_000L).result()).isEqualTo(Result.BOOKED);
    }

    @Test
    void one_refund_told_many_times_at_once_goes_back_once() {
        List<Uni<List<RefundOutcome>>> posts = IntStream.range(0, 100)
                .mapToObj(i -> conversions.refund(List.of(of(RefundKind.REFUND, "r1", "order-1", 10L))))
                .toList();
        List<Result> results = Uni.join().all(posts).andFailFast().await().atMost(ANSWER).stream()
                .map(answers -> answers.get(0).result())
                .toList();
        assertThat(results).filteredOn(Result.BOOKED::equals).hasSize(1);
        assertThat(results).filteredOn(Result.REPEATED::equals).hasSize(99);
        assertThat(shop.conversion("order-1").getLong("refunded_minor")).isEqualTo(10);
    }

    @Test
    void partial_refunds_at_once_never_give_back_more_than_was_paid() {
        List<Uni<List<RefundOutcome>>> posts = IntStream.range(0, 60)
                .mapToObj(i -> conversions.refund(List.of(of(RefundKind.REFUND, "r" + i, "order-1", 30L))))
                .toList();
        List<Result> results = Uni.join().all(posts).andFailFast().await().atMost(ANSWER).stream()
                .map(answers -> answers.get(0).result())
                .toList();
        assertThat(results).filteredOn(Result.BOOKED::equals).hasSize(33);
        assertThat(results).filteredOn(Result.TOO_MUCH::equals).hasSize(27);
        assertThat(shop.conversion("order-1").getLong("refunded_minor")).isEqualTo(990);
    }

    @Test
    void a_dispute_takes_and_one_that_is_won_gives_again() {
        refund("r1", "order-1", 100L);
        take(of(RefundKind.DISPUTE, "d1", "order-1", null));
        assertThat(shop.conversion("order-1").getString("status")).isEqualTo("refunded");
        RefundOutcome won = take(of(RefundKind.DISPUTE_WON, "d1-won", "order-1", null));
        assertThat(won.amount()).isEqualTo(eur(900));
        assertThat(won.refunded()).isEqualTo(eur(100));
        assertThat(shop.conversion("order-1").getString("status")).isEqualTo("accepted");
        assertThat(take(of(RefundKind.DISPUTE_WON, "d2-won", "order-1", 1L)).result())
                .isEqualTo(Result.TOO_MUCH);
    }

    @Test
    void a_refund_told_before_its_sale_is_booked_with_it() {
        assertThat(refund("r1", "order-2", 5_000L).result()).isEqualTo(Result.WAITING);
        assertThat(refund("r1", "order-2", 5_000L).result()).isEqualTo(Result.REPEATED);
        sell("order-2", 400);
        assertThat(shop.conversion("order-2").getLong("refunded_minor")).isEqualTo(400);
        assertThat(shop.conversion("order-2").getString("status")).isEqualTo("refunded");
        assertThat(refund("r1", "order-2", 400L).result()).isEqualTo(Result.REPEATED);
    }

    @Test
    void the_same_id_for_another_refund_is_told() {
        refund("r1", "order-1", 100L);
        assertThat(refund("r1", "order-1", 200L).result()).isEqualTo(Result.DIFFERENT);
        assertThat(refund("r1", "order-9", 100L).result()).isEqualTo(Result.DIFFERENT);
        assertThat(shop.conversion("order-1").getLong("refunded_minor")).isEqualTo(100);
    }

    @Test
    void a_batch_goes_back_in_its_order() {
        List<RefundOutcome> answers = conversions
                .refund(List.of(
                        of(RefundKind.REFUND, "r1", "order-1", 600L),
                        of(RefundKind.REFUND, "r2", "order-1", 600L),
                        of(RefundKind.REFUND, "r1", "order-1", 600L),
                        of(RefundKind.REFUND, "r3", "order-1", 400L)))
                .await()
                .atMost(ANSWER);
        assertThat(answers)
                .extracting(RefundOutcome::result)
                .containsExactly(Result.BOOKED, Result.TOO_MUCH, Result.REPEATED, Result.BOOKED);
        assertThat(shop.conversion("order-1").getString("status")).isEqualTo("refunded");
    }

    @Test
    void a_lead_that_is_taken_back_counts_no_more() {
        conversions
                .intake(List.of(shop.lead("kim", Touch.code(shop.code()))))
                .await()
                .atMost(ANSWER);
        assertThat(refund("r1", "lead:kim", null).saleStatus()).isEqualTo(Status.REFUNDED);
    }

    private void sell(String order, long amount) {
        conversions
                .intake(List.of(shop.sale(order, null, amount, Touch.code(shop.code()))))
                .await()
                .atMost(ANSWER);
    }

    private java.util.UUID id(String order) {
        return java.util.UUID.fromString(shop.conversion(order).getString("id"));
    }

    private static Money eur(long amount) {
        return new Money(amount, "EUR");
    }

    private RefundOutcome refund(String id, String sale, @Nullable Long amount) {
        return take(of(RefundKind.REFUND, id, sale, amount));
    }

    private IncomingRefund of(RefundKind kind, String id, String sale, @Nullable Long amount) {
        return new IncomingRefund(ada.id(), kind, id, sale, amount == null ? null : eur(amount), Shop.now());
    }

    private RefundOutcome take(IncomingRefund refund) {
        return conversions.refund(List.of(refund)).await().atMost(ANSWER).get(0);
    }
}
