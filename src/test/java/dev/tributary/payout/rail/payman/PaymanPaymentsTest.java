package dev.tributary.payout.rail.payman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Answer;
import dev.tributary.payout.rail.HttpReply;
import dev.tributary.payout.rail.Meaning;
import dev.tributary.payout.rail.Transfer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaymanPaymentsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Money AMOUNT = new Money(740, "USD");

    @Test
    void the_body_carries_the_payout_for_people_to_search_by() {
        assertThat(PaymanPayments.body("wlt-1", "pd-1", AMOUNT, "pyt_1").encode())
                .isEqualTo("{\"amountDecimal\":7.40,\"payeeId\":\"pd-1\",\"walletId\":\"wlt-1\",\"memo\":\"pyt_1\","
                        + "\"metadata\":{\"payout\":\"pyt_1\"}}");
    }

    @Test
    void an_answer_is_read_bare_and_wrapped() {
        JsonObject bare = new JsonObject().put("reference", "ref-1").put("status", "INITIATED");
        Answer known = new Answer.Known(Transfer.done("ref-1", 740, "USD", NOW));
        assertThat(answer(200, bare)).isEqualTo(known);
        assertThat(answer(200, new JsonObject().put("status", 200).put("data", bare)))
                .isEqualTo(known);
        assertThat(answer(200, bare.copy().put("status", "AWAITING_APPROVAL")))
                .isEqualTo(new Answer.Known(Transfer.pending("ref-1", 740, "USD", NOW)));
        assertThat(answer(200, bare.copy().put("status", "REJECTED")))
                .isEqualTo(new Answer.Known(Transfer.failed("ref-1", 740, "USD", "rejected", NOW)));
        assertThat(answer(200, bare.copy().put("status", "NEW"))).isEqualTo(new Answer.RailDown(200, true));
        assertThat(answer(200, bare.copy().putNull("status"))).isEqualTo(new Answer.RailDown(200, true));
    }

    @Test
    void no_error_of_it_is_believed_to_mean_that_nothing_was_done() {
        JsonObject error = new JsonObject().put("status", 400).put("errorCode", "insufficient-balance");
        assertThat(answer(400, error)).isInstanceOf(Answer.Ambiguous.class);
        assertThat(answer(409, error)).isInstanceOf(Answer.Ambiguous.class);
        assertThat(answer(500, error)).isInstanceOf(Answer.Ambiguous.class);
        assertThat(answer(403, error)).isEqualTo(new Answer.RailDown(403, false));
    }

    private static Answer answer(int status, JsonObject body) {
        return new Meaning(PaymanPayments.TRAITS)
                .of(HttpReply.of(
                        status,
                        name -> Optional.empty(),
                        body.encode(),
                        json -> PaymanPayments.read(json, AMOUNT, NOW)));
    }
}
