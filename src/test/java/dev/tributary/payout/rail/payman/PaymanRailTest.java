package dev.tributary.payout.rail.payman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tributary.id.TypeId;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.HttpRailContract;
import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.Meaning;
import dev.tributary.payout.rail.Provider;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.Transfer;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract over a stub that pays as often as it is told, as Payman does. */
class PaymanRailTest extends HttpRailContract {
    private PaymanProvider provider;

    @Override
    protected Provider provider() {
        provider = new PaymanProvider();
        provider.payee("pd-1");
        return provider;
    }

    @Override
    protected Rail rail(HttpSender http, String url) {
        return new PaymanRail(new PaymanApi(new PaymanSettings(url), http), Clock.systemUTC());
    }

    @Override
    protected String destination() {
        return "pd-1";
    }

    @Test
    void a_payment_carries_the_payout_that_people_search_by() {
        send();
        assertThat(provider.moved())
                .extracting(Provider.Moved::payout, Provider.Moved::minor)
                .containsExactly(tuple(TypeId.PAYOUT.format(payout()), 740L));
    }

    @Test
    void what_waits_for_approval_there_is_pending_and_what_was_rejected_has_failed() {
        provider.says("AWAITING_APPROVAL");
        assertThat(row(send()).status()).isEqualTo(Transfer.Status.PENDING);
        provider.says("REJECTED");
        assertThat(row(send()).status()).isEqualTo(Transfer.Status.FAILED);
    }

    @Test
    void no_error_of_its_proves_that_nothing_was_done() {
        provider.funds(0);
        assertThat(new Meaning(rail().traits()).of(send())).isInstanceOf(Answer.Ambiguous.class);
        assertThat(provider.moved()).isEqualTo(List.of());
    }
}
