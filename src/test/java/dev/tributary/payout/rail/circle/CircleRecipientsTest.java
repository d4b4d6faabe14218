package dev.tributary.payout.rail.circle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.ProviderStub;
import dev.tributary.payout.rail.ProviderStub.Fate;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipient.State;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CircleRecipientsTest {
    private static final UUID KEY = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final JsonObject GOOD =
            new JsonObject().put("chain", "base").put("address", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");

    private final Vertx vertx = Vertx.vertx();
    private final CircleProvider provider = new CircleProvider();
    private ProviderStub stub;
    private Recipients recipients;

    @BeforeEach
    void open() throws Exception {
        stub = new ProviderStub(vertx, 0, provider);
        HttpSender http = new HttpSender(new io.vertx.mutiny.core.Vertx(vertx), Duration.ofSeconds(20));
        recipients = new CircleRecipients(new CircleApi(CircleSettings.at(stub.url()), http));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void an_address_whose_checksum_is_wrong_is_refused_before_circle_is_asked() {
        JsonObject wrong = GOOD.copy().put("address", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD");
        assertThatThrownBy(() -> recipients.read(wrong))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.errors())
                        .extracting(FieldError::field)
                        .containsExactly("details.address"));
        assertThatThrownBy(() -> recipients.read(GOOD.copy().put("currency", "EUR")))
                .isInstanceOf(Problem.class);
        assertThat(stub.requests()).isZero();
    }

    @Test
    void the_hint_shows_the_ends_alone() {
        assertThat(recipients.read(GOOD).hint()).isEqualTo("USDC BASE 0x5aAe…eAed");
        assertThat(recipients.read(GOOD).currency()).isEqualTo("USD");
    }

    @Test
    void an_entry_is_pending_for_a_day_and_its_state_is_followed() {
        Recipient made = await(recipients.open(recipients.read(GOOD), KEY));
        assertThat(made.state()).isEqualTo(State.PENDING);
        provider.payee(made.destination());
        assertThat(await(recipients.check(made.destination())).state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void the_same_key_makes_one_entry_though_the_first_answer_was_lost() {
        stub.next(Fate.DONE_AND_DROPPED);
        assertThatThrownBy(() -> await(recipients.open(recipients.read(GOOD), KEY)))
                .isInstanceOfSatisfying(
                        Problem.class, away -> assertThat(away.kind()).isEqualTo(ProblemKind.UNAVAILABLE));
        Recipient again = await(recipients.open(recipients.read(GOOD), KEY));
        assertThat(await(recipients.open(recipients.read(GOOD), KEY))).isEqualTo(again);
        assertThat(again.destination()).isEqualTo(new UUID(4, 1).toString());
    }

    @Test
    void our_ids_become_random_uuids_without_losing_what_is_random_in_them() {
        UUID key = CircleKeys.version4(KEY);
        assertThat(key.version()).isEqualTo(4);
        assertThat(key.variant()).isEqualTo(2);
        assertThat(CircleKeys.version4(key)).isEqualTo(key);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
