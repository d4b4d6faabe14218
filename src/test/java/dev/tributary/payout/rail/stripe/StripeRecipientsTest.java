package dev.tributary.payout.rail.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.rail.ProviderStub;
import dev.tributary.payout.rail.ProviderStub.Fate;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Recipient.State;
import dev.tributary.payout.rail.Recipients;
import dev.tributary.problem.FieldError;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.stripe.StripeStub;
import dev.tributary.stripe.StubCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StripeRecipientsTest {
    private static final UUID KEY = new UUID(1, 1);
    private static final JsonObject GOOD =
            new JsonObject().put("country", "DE").put("currency", "EUR").put("businessType", "individual");

    private final Vertx vertx = Vertx.vertx();
    private final StripeProvider provider = new StripeProvider();
    private ProviderStub stub;
    private Recipients recipients;

    @BeforeEach
    void open() throws Exception {
        stub = new ProviderStub(vertx, 0, provider);
        recipients = new StripeRecipients(StripeSettings.USUAL, StubCalls.at(vertx, StripeStub.KEY, stub.url()));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void every_wrong_field_is_named() {
        JsonObject wrong = new JsonObject()
                .put("country", "XX")
                .put("currency", "EURO")
                .put("businessType", "club")
                .put("email", "nobody")
                .put("iban", "DE89");
        assertThatThrownBy(() -> recipients.read(wrong))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.errors())
                        .extracting(FieldError::field)
                        .contains(
                                "details.country",
                                "details.currency",
                                "details.businessType",
                                "details.email",
                                "details.iban"));
        assertThatThrownBy(() -> recipients.read(GOOD.copy().put("country", 7))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> recipients.read(new JsonObject())).isInstanceOf(Problem.class);
    }

    @Test
    void an_account_waits_for_its_owner_takes_money_then_and_may_be_closed() {
        Recipient made = await(recipients.open(recipients.read(GOOD), KEY));
        assertThat(made.state()).isEqualTo(State.PENDING);
        assertThat(made.note()).contains("onboarding");

        provider.bank().onboarded(made.destination());
        assertThat(await(recipients.check(made.destination()))).isEqualTo(new Recipient("acct_1", State.ACTIVE, ""));

        provider.bank().rejected(made.destination());
        assertThat(await(recipients.check(made.destination())).state()).isEqualTo(State.DENIED);
    }

    @Test
    void the_same_key_makes_one_account_whatever_happens_on_the_way() {
        stub.next(Fate.DONE_AND_DROPPED);
        Recipient first = await(recipients.open(recipients.read(GOOD), KEY));
        Recipient second = await(recipients.open(recipients.read(GOOD), KEY));
        assertThat(second.destination()).isEqualTo(first.destination()).isEqualTo("acct_1");
    }

    @Test
    void the_owner_is_led_to_a_page_of_stripes() {
        String account = await(recipients.open(recipients.read(GOOD), KEY)).destination();
        URI page = URI.create("https://affiliates.example/payouts");
        Recipients.Onboarding onboarding = await(recipients.onboard(account, page, page));
        assertThat(onboarding.url().getHost()).isEqualTo("connect.stripe.test");
        assertThat(onboarding.expiresAt()).isNotNull();
    }

    @Test
    void a_stripe_that_is_away_is_503_and_what_it_refuses_422() {
        assertThatThrownBy(() -> await(recipients.check("acct_nobody")))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.kind()).isEqualTo(ProblemKind.UNPROCESSABLE));
        stub.next(Fate.UNAUTHORIZED);
        assertThatThrownBy(() -> await(recipients.check("acct_1")))
                .isInstanceOfSatisfying(
                        Problem.class, away -> assertThat(away.kind()).isEqualTo(ProblemKind.UNAVAILABLE));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
