package dev.tributary.payout.rail.circle;

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
import dev.tributary.payout.rail.Transfer;
import dev.tributary.payout.rail.WholeList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract over a stub that keeps one payout a key, as Circle does, and what Circle alone does. */
class CircleRailTest extends HttpRailContract {
    private static final String RECIPIENT = "rec-1";

    private CircleProvider provider;

    @Override
    protected Provider provider() {
        provider = new CircleProvider();
        provider.payee(RECIPIENT);
        return provider;
    }

    @Override
    protected Rail rail(HttpSender http, String url) {
        return new CircleRail(new CircleApi(CircleSettings.at(url), http));
    }

    @Override
    protected String destination() {
        return RECIPIENT;
    }

    @Test
    void a_payout_is_pending_until_circle_says_how_it_ended() {
        Transfer sent = row(send());
        assertThat(sent.status()).isEqualTo(Transfer.Status.PENDING);

        provider.finish(sent.id(), "complete", "");
        Finding found = rail().lookUp(instruction(), List.of(sent.id())).await().atMost(PATIENCE);
        assertThat(((Finding.Found) found).transfers())
                .extracting(Transfer::status)
                .containsExactly(Transfer.Status.DONE);
    }

    @Test
    void a_key_with_another_amount_stops_everything() {
        send();
        Reply other = send(rail().freeze(order(payout(), new Money(741, "USD"))));
        assertThat(new Meaning(rail().traits()).of(other)).isEqualTo(new Answer.KeyReused("1083"));
        assertThat(carriedOut()).isEqualTo(1);
    }

    @Test
    void the_list_is_read_to_its_end_each_payout_once() {
        Instant before = Instant.now().minus(Duration.ofMinutes(1));
        for (int i = 0; i < 120; i++) send(rail().freeze(order(new UUID(7, i), AMOUNT)));
        List<Listing.Listed> all =
                WholeList.whole((Listing) rail(), before, Instant.now().plus(Duration.ofMinutes(1)));

        assertThat(all).hasSize(120).extracting(each -> each.transfer().id()).doesNotHaveDuplicates();
        assertThat(WholeList.whole((Listing) rail(), before, before.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void half_a_list_is_none() {
        for (Fate fate : List.of(Fate.UNAUTHORIZED, Fate.AWAY, Fate.DROPPED, Fate.ENDLESS)) {
            stub().next(fate);
            assertThatThrownBy(() -> ((Listing) rail())
                            .list(Instant.EPOCH, Instant.now(), Optional.empty())
                            .await()
                            .atMost(PATIENCE))
                    .as("%s", fate)
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
