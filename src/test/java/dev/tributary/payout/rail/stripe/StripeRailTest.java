package dev.tributary.payout.rail.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.HttpRailContract;
import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.Listing;
import dev.tributary.payout.rail.Meaning;
import dev.tributary.payout.rail.Provider;
import dev.tributary.payout.rail.ProviderStub.Fate;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.WholeList;
import dev.tributary.stripe.StripeStub;
import dev.tributary.stripe.StubCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract over a stub with Stripe's memory of keys, and what Stripe alone does. */
class StripeRailTest extends HttpRailContract {
    private StripeProvider provider;

    @Override
    protected Provider provider() {
        provider = new StripeProvider();
        provider.payee("acct_1");
        return provider;
    }

    @Override
    protected Rail rail(HttpSender http, String url) {
        return new StripeRail(
                StripeSettings.USUAL,
                StubCalls.requests(StripeStub.KEY, url),
                StubCalls.at(vertx, StripeStub.KEY, url),
                http);
    }

    @Override
    protected String destination() {
        return "acct_1";
    }

    @Test
    void a_500_is_repeated_for_its_key_and_the_look_up_tells_the_truth() {
        stub().next(Fate.DONE_AND_500);
        assertThat(meaning(send())).isInstanceOf(Answer.Ambiguous.class);
        assertThat(meaning(send())).isInstanceOfSatisfying(Answer.Ambiguous.class, again -> assertThat(again.saved())
                .isTrue());

        Finding found = rail().lookUp(instruction(), List.of()).await().atMost(PATIENCE);
        assertThat(((Finding.Found) found).transfers()).hasSize(1);
        assertThat(carriedOut()).isEqualTo(1);
    }

    @Test
    void an_attempt_beside_one_that_is_under_way_is_told_to_wait() {
        send(Fate.SILENT);
        assertThat(meaning(send())).isEqualTo(new Answer.InProgress());
        stub().release();
        assertThat(meaning(send())).isInstanceOf(Answer.Known.class);
    }

    @Test
    void a_key_with_another_amount_stops_everything() {
        send();
        Reply other = send(rail().freeze(order(payout(), new Money(741, "USD"))));
        assertThat(meaning(other)).isEqualTo(new Answer.KeyReused("idempotency_error"));
        assertThat(carriedOut()).isEqualTo(1);
    }

    @Test
    void an_account_without_the_capability_is_refused_for_good_and_an_empty_balance_is_not() {
        provider.payee("acct_2");
        provider.bank().onboarded("acct_2");
        provider.bank().rejected("acct_1");
        assertThat(meaning(send())).isEqualTo(new Answer.Refused("insufficient_capabilities_for_transfer"));

        provider.bank().onboarded("acct_1");
        provider.funds(739);
        Reply poor = send(rail().freeze(order(new UUID(5, 1), AMOUNT)));
        assertThat(meaning(poor)).isEqualTo(new Answer.OutOfFunds("balance_insufficient", false));
        assertThat(meaning(send(rail().freeze(order(new UUID(5, 1), AMOUNT)))))
                .as("the key keeps that answer")
                .isEqualTo(new Answer.OutOfFunds("balance_insufficient", true));
    }

    @Test
    void after_a_day_the_same_key_pays_again_and_the_look_up_shows_both() {
        send();
        provider.forgetKeys();
        send();
        Finding found = rail().lookUp(instruction(), List.of()).await().atMost(PATIENCE);
        assertThat(((Finding.Found) found).transfers()).hasSize(2);
    }

    @Test
    void amounts_are_in_stripes_units_and_what_it_cannot_say_is_not_taken() {
        assertThat(rail().takes(new Money(1_005, "KWD"))).isFalse();
        assertThat(rail().freeze(order(payout(), new Money(500, "ISK"))).body()).contains("amount=50000&");

        Reply paid = send(rail().freeze(order(payout(), new Money(500, "ISK"))));
        assertThat(row(paid).movedMinor()).isEqualTo(500);
    }

    @Test
    void the_list_is_read_to_its_end_and_names_our_payouts() {
        Instant before = Instant.now().minus(Duration.ofMinutes(1));
        for (int i = 0; i < 230; i++) send(rail().freeze(order(new UUID(7, i), AMOUNT)));
        List<Listing.Listed> all =
                WholeList.whole((Listing) rail(), before, Instant.now().plus(Duration.ofMinutes(1)));

        assertThat(all).hasSize(230).extracting(each -> each.transfer().id()).doesNotHaveDuplicates();
        assertThat(all).extracting(Listing.Listed::payoutId).contains(Optional.of(new UUID(7, 0)));
        assertThat(WholeList.whole((Listing) rail(), before, before.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void half_a_list_is_none() {
        stub().next(Fate.UNAUTHORIZED);
        assertThatThrownBy(() -> ((Listing) rail())
                        .list(Instant.EPOCH, Instant.now(), Optional.empty())
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(IllegalStateException.class);
    }

    private Answer meaning(Reply reply) {
        return new Meaning(rail().traits()).of(reply);
    }
}
