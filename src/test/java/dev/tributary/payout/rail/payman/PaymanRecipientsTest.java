package dev.tributary.payout.rail.payman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.ProviderStub;
import dev.tributary.payout.rail.ProviderStub.Fate;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymanRecipientsTest {
    private static final UUID KEY = new UUID(1, 1);
    private static final JsonObject BANK = new JsonObject()
            .put("kind", "us_ach")
            .put("accountHolderName", "Ada Lovelace")
            .put("accountHolderType", "individual")
            .put("routingNumber", "091000019")
            .put("accountNumber", "000123456789")
            .put("accountType", "checking");

    private final Vertx vertx = Vertx.vertx();
    private final PaymanProvider provider = new PaymanProvider();
    private ProviderStub stub;
    private Recipients recipients;

    @BeforeEach
    void open() throws Exception {
        stub = new ProviderStub(vertx, 0, provider);
        HttpSender http = new HttpSender(new io.vertx.mutiny.core.Vertx(vertx), Duration.ofSeconds(20));
        recipients = new PaymanRecipients(new PaymanApi(new PaymanSettings(stub.url()), http));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void a_bank_is_checked_by_its_number_and_an_address_by_its_checksum() {
        assertThatThrownBy(() -> recipients.read(BANK.copy().put("routingNumber", "091000018")))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.errors())
                        .extracting(FieldError::field)
                        .containsExactly("details.routingNumber"));
        assertThat(recipients.read(BANK).hint()).isEqualTo("Bank account, checking, ending in 6789");
        JsonObject coins =
                new JsonObject().put("kind", "usdc").put("chain", "sol").put("address", "1".repeat(32));
        assertThatThrownBy(() -> recipients.read(coins)).isInstanceOf(Problem.class);
    }

    @Test
    void a_payee_is_made_once_though_the_first_answer_was_lost() {
        stub.next(Fate.GOOD);
        stub.next(Fate.DONE_AND_DROPPED);
        assertThatThrownBy(() -> await(recipients.open(recipients.read(BANK), KEY)))
                .isInstanceOf(Problem.class);

        Recipient found = await(recipients.open(recipients.read(BANK), KEY));
        assertThat(found).isEqualTo(new Recipient("pd-1", Recipient.State.ACTIVE, ""));
        assertThat(provider.payees()).isEqualTo(1);
    }

    @Test
    void while_payman_cannot_say_whether_there_is_one_none_is_made() {
        stub.next(Fate.AWAY);
        assertThatThrownBy(() -> await(recipients.open(recipients.read(BANK), KEY)))
                .isInstanceOf(Problem.class);
        assertThat(provider.payees()).isZero();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
