package dev.tributary.payout.rail.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.id.TypeId;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.HttpReply;
import dev.tributary.payout.rail.Meaning;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Transfer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StripeTransfersTest {
    private static final UUID PAYOUT = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final Instant CREATED = Instant.parse("2026-11-21T12:00:00Z");
    private static final Transfer DONE = Transfer.done("tr_1", 740, "USD", CREATED);

    @Test
    void a_transfer_that_is_there_has_moved_the_money() {
        assertThat(answer(200, transfer(0).encode())).isEqualTo(new Answer.Known(DONE));
        assertThat(answer(200, transfer(300).encode())).isEqualTo(new Answer.Known(DONE.reversed(300, CREATED)));
    }

    @Test
    void errors_are_told_by_their_code_or_their_type() {
        assertThat(answer(400, error("invalid_request_error", "balance_insufficient")))
                .isEqualTo(new Answer.OutOfFunds("balance_insufficient", false));
        assertThat(answer(400, error("invalid_request_error", "transfers_not_allowed")))
                .isEqualTo(new Answer.Refused("transfers_not_allowed"));
        assertThat(answer(400, error("idempotency_error", null))).isEqualTo(new Answer.KeyReused("idempotency_error"));
        assertThat(answer(409, error("idempotency_error", "idempotency_key_in_use")))
                .isEqualTo(new Answer.InProgress());
        assertThat(answer(401, error("invalid_request_error", null))).isEqualTo(new Answer.RailDown(401, false));
        assertThat(answer(404, error("invalid_request_error", "resource_missing")))
                .isEqualTo(new Answer.RailDown(404, false));
        assertThat(answer(400, error("invalid_request_error", "brand_new"))).isInstanceOf(Answer.Ambiguous.class);
        assertThat(answer(500, error("api_error", null))).isInstanceOf(Answer.Ambiguous.class);
    }

    @Test
    void what_lacks_a_field_is_not_believed() {
        for (String field : List.of("id", "amount", "currency", "created", "amount_reversed", "object")) {
            JsonObject cut = transfer(0);
            cut.remove(field);
            assertThat(answer(200, cut.encode())).as(field).isEqualTo(new Answer.RailDown(200, true));
            assertThat(answer(200, transfer(0).putNull(field).encode())).isEqualTo(new Answer.RailDown(200, true));
        }
        assertThat(answer(200, transfer(0).put("amount", "740").encode())).isEqualTo(new Answer.RailDown(200, true));
        assertThat(answer(200, transfer(741).encode())).isEqualTo(new Answer.RailDown(200, true));
    }

    @Test
    void a_list_that_is_whole_says_what_is_there() {
        assertThat(StripeTransfers.found(list(false))).isEqualTo(new Finding.Absent());
        assertThat(StripeTransfers.found(list(false, transfer(0)))).isEqualTo(new Finding.Found(List.of(DONE)));
        assertThat(StripeTransfers.found(list(true, transfer(0)))).isInstanceOf(Finding.Unclear.class);
        assertThat(StripeTransfers.found(list(false, new JsonObject()))).isInstanceOf(Finding.Unclear.class);
        assertThat(StripeTransfers.found(new JsonObject())).isInstanceOf(Finding.Unclear.class);
    }

    @Test
    void events_about_transfers_name_the_payout_and_others_are_none() {
        assertThat(StripeTransfers.notice(event("transfer.reversed", transfer(740))))
                .contains(new Notice("evt_1", Optional.of(PAYOUT), DONE.reversed(740, CREATED)));
        assertThat(StripeTransfers.notice(event("transfer.created", transfer(0).put("transfer_group", "other")))
                        .orElseThrow()
                        .payoutId())
                .isEmpty();
        assertThat(StripeTransfers.notice(event("payout.failed", new JsonObject().put("object", "payout"))))
                .as("a bank payout of the account is not ours")
                .isEmpty();
        assertThatThrownBy(() ->
                        StripeTransfers.notice(event("transfer.created", new JsonObject().put("object", "transfer"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Answer answer(int status, String body) {
        return new Meaning(StripeTransfers.TRAITS)
                .of(HttpReply.of(status, name -> Optional.empty(), body, StripeTransfers::read));
    }

    private static JsonObject transfer(long reversed) {
        return new JsonObject()
                .put("id", "tr_1")
                .put("object", "transfer")
                .put("amount", 740)
                .put("amount_reversed", reversed)
                .put("currency", "usd")
                .put("created", CREATED.getEpochSecond())
                .put("transfer_group", TypeId.PAYOUT.format(PAYOUT));
    }

    private static String error(String type, @org.jspecify.annotations.Nullable String code) {
        JsonObject error = new JsonObject().put("type", type).put("message", "m");
        return new JsonObject()
                .put("error", code == null ? error : error.put("code", code))
                .encode();
    }

    private static JsonObject list(boolean more, JsonObject... rows) {
        return new JsonObject().put("object", "list").put("has_more", more).put("data", new JsonArray(List.of(rows)));
    }

    private static JsonObject event(String type, JsonObject object) {
        return new JsonObject()
                .put("id", "evt_1")
                .put("type", type)
                .put("data", new JsonObject().put("object", object));
    }
}
