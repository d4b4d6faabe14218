package dev.tributary.payout.rail.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.KeptNotices;
import dev.tributary.payout.rail.Recipient;
import dev.tributary.stripe.StripeBank;
import dev.tributary.stripe.StripeEffect;
import dev.tributary.stripe.StripeEvent;
import dev.tributary.stripe.StripeStub;
import dev.tributary.stripe.StubCalls;
import dev.tributary.stripe.UnreadableEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events as the stub of Stripe makes them. */
class StripePayoutEventsTest {
    private final Vertx vertx = Vertx.vertx();
    private final KeptNotices kept = new KeptNotices();
    private final StripeBank bank = new StripeBank();
    private final List<JsonObject> told = new ArrayList<>();
    private final StripeRail rail = new StripeRail(
            StripeSettings.USUAL,
            StubCalls.requests(StripeStub.KEY, "http://127.0.0.1:1"),
            StubCalls.local(vertx),
            new HttpSender(new io.vertx.mutiny.core.Vertx(vertx), Duration.ofSeconds(1)));
    private final StripePayoutEvents events = new StripePayoutEvents(rail, List.of(kept), List.of(kept));

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private StripeBank.Told ask(String path, String form) {
        return bank.ask(Map.of("Authorization", "Bearer " + StripeStub.KEY), "POST", path, form, false);
    }

    private StripeEffect handle(JsonObject event) {
        JsonObject object = event.getJsonObject("data").getJsonObject("object");
        StripeEvent parsed = new StripeEvent(
                new UUID(0, 1),
                event.getString("id"),
                event.getString("type"),
                false,
                Instant.EPOCH,
                object,
                new JsonObject(),
                Instant.EPOCH);
        return events.handle(null, parsed).await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void a_transfer_and_its_reversal_are_told_under_the_payout_that_they_name() {
        bank.events(told::add);
        bank.deposit(10_000);
        bank.account("acct_1");
        ask(
                "/v1/transfers",
                "amount=740&currency=usd&destination=acct_1&transfer_group=pyt_01h455vb4pex5vsknk084sn02q");
        bank.reverse("tr_1", 300);

        told.forEach(this::handle);
        assertThat(kept.notices()).hasSize(2);
        assertThat(kept.notices()).allMatch(notice -> notice.payoutId().isPresent());
        assertThat(kept.notices())
                .extracting(notice -> notice.transfer().outMinor())
                .containsExactly(740L, 440L);
    }

    @Test
    void an_account_that_was_finished_or_closed_is_told() {
        bank.events(told::add);
        ask("/v1/accounts", "type=express&country=US&capabilities[transfers][requested]=true");
        bank.onboarded("acct_1");
        bank.rejected("acct_1");
        told.forEach(this::handle);
        assertThat(kept.recipients())
                .extracting(Recipient::state)
                .containsExactly(Recipient.State.ACTIVE, Recipient.State.DENIED);
    }

    @Test
    void what_cannot_be_read_is_refused_and_what_is_about_something_else_ignored() {
        JsonObject object = new JsonObject().put("object", "transfer").put("id", "tr_1");
        JsonObject event = new JsonObject()
                .put("id", "evt_1")
                .put("type", "transfer.created")
                .put("data", new JsonObject().put("object", object));
        assertThatThrownBy(() -> handle(event)).isInstanceOf(UnreadableEvent.class);
        object.put("object", "something");
        assertThat(handle(event).state()).isEqualTo(StripeEffect.State.IGNORED);
    }

    @Test
    void a_failed_bank_payout_of_the_account_is_not_listened_to() {
        assertThat(events.types()).noneMatch(type -> type.startsWith("payout."));
    }
}
