package dev.tributary.payout.rail.circle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Stores;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.KeptNotices;
import dev.tributary.payout.rail.Provider.Asked;
import dev.tributary.payout.rail.ProviderStub;
import dev.tributary.payout.rail.ProviderStub.Fate;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Circle's notifications: proven, and still only a reason to ask Circle itself. */
@QuarkusTest
@QuarkusTestResource(Stores.class)
class CircleEventsDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SUBSCRIBE =
            "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t0ken";

    private static final KeyPair PAIR = SnsMessageTest.pair();

    private final Vertx vertx = Vertx.vertx();
    private final CircleProvider provider = new CircleProvider();
    private final KeptNotices kept = new KeptNotices();
    private final List<URI> visited = new ArrayList<>();
    private ProviderStub stub;

    @Inject
    Transactions transactions;

    private final Amazon amazon = new Amazon() {
        @Override
        public Uni<PublicKey> key(URI certificate) {
            return Uni.createFrom().item(PAIR.getPublic());
        }

        @Override
        public Uni<Void> visit(URI address) {
            visited.add(address);
            return Uni.createFrom().voidItem();
        }
    };

    @BeforeEach
    void open() throws Exception {
        stub = new ProviderStub(vertx, 0, provider);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private CircleEvents events(Optional<String> topic) {
        CircleSettings settings = new CircleSettings(stub.url(), Optional.of("secret"), topic);
        HttpSender http = new HttpSender(new io.vertx.mutiny.core.Vertx(vertx), Duration.ofSeconds(20));
        CircleApi circle = new CircleApi(settings, http);
        return new CircleEvents(
                settings,
                amazon,
                new CircleRail(circle),
                new CircleRecipients(circle),
                List.of(kept),
                List.of(kept),
                transactions);
    }

    private String take(JsonObject message, Optional<String> topic) {
        return events(topic)
                .take(SnsMessage.parse(message.encode()).orElseThrow())
                .await()
                .atMost(PATIENCE);
    }

    private String paid() {
        provider.payee("rec-1");
        JsonObject body = CirclePayouts.body(
                UUID.fromString("00000000-0000-4000-8000-000000000001"), "1000", "rec-1", new Money(740, "USD"));
        JsonObject answer = new JsonObject(provider.answer(new Asked(
                        "POST",
                        "/v1/payouts",
                        "",
                        name -> name.equals("Authorization") ? "Bearer secret" : null,
                        body.encode()))
                .body());
        return answer.getJsonObject("data").getString("id");
    }

    private JsonObject about(String field, String id, String status) {
        JsonObject object = new JsonObject().put("id", id).put("status", status);
        return SnsSigner.notification(
                PAIR, "2", new JsonObject().put(field, object).encode());
    }

    @Test
    void what_a_notification_claims_is_asked_of_circle_and_told_once() {
        String id = paid();
        assertThat(take(about("payout", id, "complete"), Optional.empty())).isEqualTo("The payout was told");
        assertThat(kept.notices()).hasSize(1);
        assertThat(kept.notices().get(0).transfer().status())
                .as("the notification says complete, Circle says pending")
                .isEqualTo(Transfer.Status.PENDING);

        provider.finish(id, "complete", "");
        take(about("payout", id, "complete"), Optional.empty());
        take(about("payout", id, "complete"), Optional.empty());
        assertThat(kept.notices())
                .extracting(notice -> notice.transfer().status())
                .containsExactly(Transfer.Status.PENDING, Transfer.Status.DONE);
    }

    @Test
    void a_signature_or_topic_that_is_not_ours_has_no_effect() {
        String id = paid();
        JsonObject forged = about("payout", id, "complete").put("Message", "{}");
        refused(forged, Optional.empty());
        refused(about("payout", id, "complete"), Optional.of("arn:aws:sns:us-east-1:1:other"));
        assertThat(kept.notices()).isEmpty();
        assertThat(stub.requests()).isZero();
    }

    private void refused(JsonObject message, Optional<String> topic) {
        assertThatThrownBy(() -> take(message, topic))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.INVALID_REQUEST));
    }

    @Test
    void where_circle_cannot_be_asked_the_message_is_wanted_again() {
        String id = paid();
        stub.next(Fate.AWAY);
        assertThatThrownBy(() -> take(about("payout", id, "complete"), Optional.empty()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE));
        assertThat(take(about("payout", id, "complete"), Optional.empty())).isEqualTo("The payout was told");
    }

    @Test
    void an_address_that_became_active_is_told() {
        provider.payee("rec-7");
        take(about("addressBookRecipient", "rec-7", "denied"), Optional.of(SnsSigner.TOPIC));
        assertThat(kept.recipients()).containsExactly(new Recipient("rec-7", Recipient.State.ACTIVE, ""));
    }

    @Test
    void a_topic_is_subscribed_to_only_where_it_is_the_one_that_is_set() {
        JsonObject confirmation = SnsSigner.confirmation(PAIR, SUBSCRIBE);
        refused(confirmation, Optional.empty());
        assertThat(take(confirmation, Optional.of(SnsSigner.TOPIC))).isEqualTo("Subscribed");
        assertThat(visited).containsExactly(URI.create(SUBSCRIBE));

        refused(SnsSigner.confirmation(PAIR, "https://evil.example/"), Optional.of(SnsSigner.TOPIC));
        assertThat(visited).hasSize(1);
    }

    @Test
    void over_http_what_is_no_message_is_a_400() {
        for (String body :
                List.of("", "{}", "[]", about("payout", "x", "complete").encode()))
            RestAssured.given()
                    .contentType("text/plain")
                    .body(body)
                    .post("/webhooks/circle")
                    .then()
                    .statusCode(400);
    }
}
