package dev.tributary.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Transfer;
import com.stripe.model.TransferReversal;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import com.stripe.param.TransferReversalCreateParams;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Money that moves: after every fault the answer says no more than is known, and a look by group tells the rest. */
class StripeTransfersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final StripeStub stub = new StripeStub();
    private final StripeCalls calls = StubCalls.of(vertx, stub);

    @BeforeEach
    void an_account_and_some_money() {
        stub.byHand(HttpMethod.POST, "/v1/accounts", "type=express");
        stub.deposit(10_000);
    }

    @AfterEach
    void close() {
        stub.close();
        vertx.close();
    }

    @ParameterizedTest
    @EnumSource(StubFault.class)
    void no_fault_pays_twice_and_what_is_done_is_found_by_its_group(StubFault fault) {
        stub.fail(fault);
        StripeAnswer<Transfer> answer = pay("pyt_1", 4_000);
        stub.endSilence();

        long moved = stub.transfers().size();
        assertThat(moved).isLessThanOrEqualTo(1);
        if (answer instanceof StripeAnswer.Done) assertThat(moved).isEqualTo(1);
        else assertThat(answer).isInstanceOf(StripeAnswer.Unknown.class);
        assertThat(group("pyt_1")).hasSize((int) moved);
    }

    @Test
    void without_the_money_nothing_moves_and_the_key_keeps_that_answer() {
        assertThat(pay("pyt_1", 10_001))
                .isInstanceOfSatisfying(StripeAnswer.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("balance_insufficient"));
        assertThat(stub.transfers()).isEmpty();

        stub.deposit(1);
        assertThat(pay("pyt_1", 10_001)).as("the key keeps the refusal").isInstanceOf(StripeAnswer.Refused.class);
        assertThat(pay("pyt_1-2", 10_001)).isInstanceOf(StripeAnswer.Done.class);
    }

    @Test
    void a_day_later_the_same_key_would_pay_again_so_look_first() {
        pay("pyt_1", 4_000);
        stub.pruneKeys();

        assertThat(group("pyt_1")).hasSize(1);
        pay("pyt_1", 4_000);
        assertThat(group("pyt_1")).hasSize(2);
    }

    @Test
    void a_reversal_brings_back_what_is_left_at_most() {
        String transfer = pay("pyt_1", 4_000).value().orElseThrow().getId();

        assertThat(reverse(transfer, 3_000)).isInstanceOf(StripeAnswer.Done.class);
        assertThat(reverse(transfer, 3_000)).isInstanceOf(StripeAnswer.Refused.class);
        assertThat(stub.balance()).isEqualTo(9_000);
        assertThat(stub.transfers().get(0).getLong("amount_reversed")).isEqualTo(3_000);
    }

    private StripeAnswer<Transfer> pay(String payout, long amount) {
        TransferCreateParams params = TransferCreateParams.builder()
                .setAmount(amount)
                .setCurrency("usd")
                .setDestination("acct_1")
                .setTransferGroup(payout)
                .build();
        return await(StripeCall.once("transfer.create", "transfer/" + payout, PATIENCE, (client, options) -> client.v1()
                .transfers()
                .create(params, options)));
    }

    private List<Transfer> group(String payout) {
        TransferListParams params =
                TransferListParams.builder().setTransferGroup(payout).build();
        return await(StripeCall.repeatable("transfer.list", PATIENCE, (client, options) -> client.v1()
                        .transfers()
                        .list(params, options)))
                .value()
                .orElseThrow()
                .getData();
    }

    private StripeAnswer<TransferReversal> reverse(String transfer, long amount) {
        TransferReversalCreateParams params =
                TransferReversalCreateParams.builder().setAmount(amount).build();
        String key = "reversal/" + transfer + "/" + stub.seen().size();
        return await(StripeCall.once("transfer.reverse", key, PATIENCE, (client, options) -> client.v1()
                .transfers()
                .reversals()
                .create(transfer, params, options)));
    }

    private <T> StripeAnswer<T> await(StripeCall<T> call) {
        return calls.send(call).await().atMost(PATIENCE.plusSeconds(10));
    }
}
