package dev.tributary.payout.rail.circle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.HttpReply;
import dev.tributary.payout.rail.Meaning;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Transfer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CirclePayoutsTest {
    private static final Instant CREATED = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant UPDATED = Instant.parse("2026-11-21T12:05:00.123Z");

    @Test
    void the_body_counts_in_whole_dollars_under_the_payouts_own_key() {
        JsonObject body = CirclePayouts.body(new UUID(1, 2), "1000", "rec-1", new Money(740, "USD"));
        assertThat(body.encode())
                .isEqualTo("{\"idempotencyKey\":\"00000000-0000-0001-0000-000000000002\","
                        + "\"source\":{\"type\":\"wallet\",\"id\":\"1000\"},"
                        + "\"destination\":{\"type\":\"address_book\",\"id\":\"rec-1\"},"
                        + "\"amount\":{\"amount\":\"7.40\",\"currency\":\"USD\"},\"toAmount\":{\"currency\":\"USD\"}}");
    }

    @Test
    void a_payout_is_pending_done_or_failed_as_of_its_last_update() {
        assertThat(answer(201, data("pending")))
                .isEqualTo(new Answer.Known(Transfer.pending("po-1", 740, "USD", UPDATED)));
        assertThat(answer(200, data("complete")))
                .isEqualTo(new Answer.Known(Transfer.done("po-1", 740, "USD", UPDATED)));
        assertThat(answer(200, new JsonObject().put("data", row("failed").put("errorCode", "transaction_returned"))))
                .isEqualTo(new Answer.Known(Transfer.failed("po-1", 740, "USD", "transaction_returned", UPDATED)));
        JsonObject fresh = row("pending").putNull("updateDate");
        assertThat(CirclePayouts.transfer(fresh)).contains(Transfer.pending("po-1", 740, "USD", CREATED));
    }

    @Test
    void errors_are_told_by_their_number() {
        assertThat(answer(400, code(2))).isEqualTo(new Answer.Refused("2"));
        assertThat(answer(409, code(1083))).isEqualTo(new Answer.KeyReused("1083"));
        assertThat(answer(400, code(5012))).isInstanceOf(Answer.Ambiguous.class);
        assertThat(answer(401, code(1))).isEqualTo(new Answer.RailDown(401, false));
    }

    @Test
    void what_cannot_be_read_is_not_believed() {
        assertThat(answer(200, data("on its way"))).isEqualTo(new Answer.RailDown(200, true));
        for (String field : List.of("id", "amount", "status", "updateDate")) {
            JsonObject cut = row("complete");
            cut.remove("createDate");
            cut.remove(field);
            assertThat(answer(200, new JsonObject().put("data", cut)))
                    .as(field)
                    .isEqualTo(new Answer.RailDown(200, true));
        }
        JsonObject part = row("complete")
                .put("amount", new JsonObject().put("amount", "7.401").put("currency", "USD"));
        assertThat(answer(200, new JsonObject().put("data", part))).isEqualTo(new Answer.RailDown(200, true));
        JsonObject coin = row("complete")
                .put("amount", new JsonObject().put("amount", "7.40").put("currency", "XYZW"));
        assertThat(answer(200, new JsonObject().put("data", coin))).isEqualTo(new Answer.RailDown(200, true));
    }

    @Test
    void a_notification_is_known_by_the_payout_its_state_and_its_time() {
        Transfer done = Transfer.done("po-1", 740, "USD", UPDATED);
        assertThat(CirclePayouts.notice(new JsonObject().put("payout", row("complete"))))
                .contains(new Notice("po-1-done-2026-11-21T12:05:00.123Z", Optional.empty(), done));
        assertThat(CirclePayouts.notice(new JsonObject().put("transfer", row("complete"))))
                .isEmpty();
    }

    private static Answer answer(int status, JsonObject body) {
        return new Meaning(CirclePayouts.TRAITS)
                .of(HttpReply.of(status, name -> Optional.empty(), body.encode(), CirclePayouts::read));
    }

    private static JsonObject data(String status) {
        return new JsonObject().put("data", row(status));
    }

    private static JsonObject row(String status) {
        return new JsonObject()
                .put("id", "po-1")
                .put("status", status)
                .put("amount", new JsonObject().put("amount", "7.40").put("currency", "USD"))
                .putNull("errorCode")
                .put("createDate", CREATED.toString())
                .put("updateDate", UPDATED.toString());
    }

    private static JsonObject code(int code) {
        return new JsonObject().put("code", code).put("message", "m");
    }
}
