package dev.tributary.payout.rail.payman;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Decimals;
import dev.tributary.payout.rail.Reply.Body;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What Payman says about payments. It knows no keys and cannot be asked about a payment, and which of its error codes mean that
 * nothing was done is not documented: so it is told once, and on any doubt a person decides.
 *
 * @see <a href="https://github.com/PaymanAI/documentation">its documentation, version 2.0.0</a>
 */
final class PaymanPayments {
    static final Traits TRAITS = new Traits(Duration.ZERO, false, false, Duration.ofMinutes(15), Traits.Codes.NONE);

    private PaymanPayments() {}

    /** The frozen body. Memo and metadata carry the payout, for people to search by. */
    static JsonObject body(String wallet, String payee, Money amount, String payout) {
        return new JsonObject()
                .put("amountDecimal", new BigDecimal(Decimals.of(amount)))
                .put("payeeId", payee)
                .put("walletId", wallet)
                .put("memo", payout)
                .put("metadata", new JsonObject().put("payout", payout));
    }

    /**
     * An answer, bare or in {@code {status, data}}: both stand in its documentation. What it calls initiated is as much as will
     * ever be known: it is taken as paid, and a person takes it back where the money does not arrive.
     */
    static Optional<Body> read(JsonObject answer, Money amount, Instant now) {
        JsonObject payment = answer.getValue("data") instanceof JsonObject data ? data : answer;
        String reference = payment.getString("reference");
        if (reference == null)
            return Optional.ofNullable(answer.getString("errorCode")).map(Body.Failure::new);
        long minor = amount.amount();
        String currency = amount.currency();
        return switch (Objects.requireNonNullElse(payment.getString("status"), "")) {
            case "INITIATED" -> row(Transfer.done(reference, minor, currency, now));
            case "AWAITING_APPROVAL" -> row(Transfer.pending(reference, minor, currency, now));
            case "REJECTED" -> row(Transfer.failed(reference, minor, currency, "rejected", now));
            default -> Optional.empty();
        };
    }

    private static Optional<Body> row(Transfer transfer) {
        return Optional.of(new Body.Row(transfer));
    }
}
