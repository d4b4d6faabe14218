package dev.tributary.payout.rail.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Stores;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.Listing;
import dev.tributary.payout.rail.Meaning;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.RailContract;
import dev.tributary.payout.rail.Rails;
import dev.tributary.payout.rail.Reply;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.payout.rail.WholeList;
import dev.tributary.payout.rail.manual.nacha.NachaEntry;
import dev.tributary.postgres.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract over the rail whose provider is a table of our own. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class ManualRailDatabaseTest extends RailContract {
    static final String DESTINATION = new BankAccount(
                    "Ada Lovelace", NachaEntry.Holder.INDIVIDUAL, "091000019", "000123456789", NachaEntry.Kind.CHECKING)
            .json()
            .put("kind", "us_ach")
            .put("currency", "USD")
            .encode();

    @Inject
    Rails rails;

    @Inject
    FileEntryRepository entries;

    @Inject
    Transactions transactions;

    @Override
    protected Rail rail() {
        return rails.get("manual");
    }

    @Override
    protected String destination() {
        return DESTINATION;
    }

    @Override
    protected int carriedOut() {
        return transactions
                .read(c -> entries.find(c, List.of(payout())))
                .await()
                .atMost(PATIENCE)
                .size();
    }

    @Test
    void what_has_gathered_is_pending() {
        assertThat(row(send()).status()).isEqualTo(Transfer.Status.PENDING);
    }

    @Test
    void a_payout_that_is_there_with_another_amount_stops_everything() {
        send();
        Reply other = send(rail().freeze(order(payout(), new Money(741, "USD"))));
        assertThat(new Meaning(rail().traits()).of(other)).isEqualTo(new Answer.KeyReused("key_reused"));
    }

    @Test
    void the_list_is_read_to_its_end_and_names_our_payouts() {
        Instant before = Instant.now().minus(Duration.ofMinutes(5));
        UUID last = new UUID(0, 0);
        for (int i = 0; i < 120; i++) {
            last = UUID.randomUUID();
            send(rail().freeze(order(last, AMOUNT)));
        }
        List<Listing.Listed> all =
                WholeList.whole((Listing) rail(), before, Instant.now().plus(Duration.ofMinutes(5)));

        assertThat(all)
                .hasSizeGreaterThanOrEqualTo(120)
                .extracting(Listing.Listed::payoutId)
                .contains(Optional.of(last));
        assertThat(all).extracting(each -> each.transfer().id()).doesNotHaveDuplicates();
        assertThat(WholeList.whole((Listing) rail(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1)))
                .isEmpty();
    }
}
