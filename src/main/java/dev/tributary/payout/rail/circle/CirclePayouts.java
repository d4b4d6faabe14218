package dev.tributary.payout.rail.circle;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.Decimals;
import dev.tributary.payout.rail.Listing.Listed;
import dev.tributary.payout.rail.Listing.Page;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Reply.Body;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What Circle says about payouts. They are carried out later, and may fail after they were complete. A list does not tell
 * which payout is ours, so in doubt the same is sent again: the same key brings the same payout.
 *
 * @see <a href="https://developers.circle.com/circle-mint/circle-apis-api-errors">errors</a>
 */
final class CirclePayouts {
    /** Keys do not expire there; a day is how long a machine tries before a person looks. */
    static final Traits TRAITS = new Traits(
            Duration.ofHours(24),
            false,
            true,
            Duration.ofMinutes(5),
            new Traits.Codes(Set.of("2"), Set.of(), Set.of("1083"), Set.of()));

    private CirclePayouts() {}

    /** The frozen body. */
    static JsonObject body(UUID key, String wallet, String recipient, Money amount) {
        JsonObject money = new JsonObject().put("amount", Decimals.of(amount)).put("currency", amount.currency());
        return new JsonObject()
                .put("idempotencyKey", key.toString())
                .put("source", new JsonObject().put("type", "wallet").put("id", wallet))
                .put("destination", new JsonObject().put("type", "address_book").put("id", recipient))
                .put("amount", money)
                .put("toAmount", new JsonObject().put("currency", amount.currency()));
    }

    static Optional<Body> read(JsonObject answer) {
        JsonObject data = answer.getJsonObject("data");
        if (data != null) return transfer(data).map(Body.Row::new);
        return Optional.ofNullable(answer.getInteger("code")).map(code -> new Body.Failure(code.toString()));
    }

    /**
     * One page of all payouts; one that cannot be read is an {@link IllegalStateException}. Circle counts the end in, we do not.
     *
     * @param full how many rows a page has that is not the last
     */
    static Page page(JsonObject answer, Instant to, int full) {
        JsonArray data = answer.getJsonArray("data");
        if (data == null) throw new IllegalStateException("Circle's list cannot be read");
        List<Listed> listed = new ArrayList<>();
        String last = "";
        try {
            for (int i = 0; i < data.size(); i++) {
                JsonObject row = data.getJsonObject(i);
                Transfer told = transfer(row).orElseThrow(() -> new IllegalArgumentException("A field is missing"));
                last = told.id();
                if (at(text(row, "createDate")).isBefore(to)) listed.add(new Listed(told, Optional.empty()));
            }
        } catch (IllegalArgumentException | ClassCastException | ArithmeticException unreadable) {
            throw new IllegalStateException("A payout in Circle's list cannot be read", unreadable);
        }
        return new Page(listed, data.size() < full ? Optional.empty() : Optional.of(last));
    }

    /** A notification about a payout; it does not name ours, so the payout's own id says whose it is. */
    static Optional<Notice> notice(JsonObject notification) {
        JsonObject payout = notification.getJsonObject("payout");
        if (payout == null) return Optional.empty();
        return transfer(payout).map(CirclePayouts::notice);
    }

    /** Circle numbers no events: what is told of a payout as of one moment is one. */
    static Notice notice(Transfer told) {
        String event = "%s-%s-%s".formatted(told.id(), told.status().word(), told.asOf());
        return new Notice(event, Optional.empty(), told);
    }

    /** Empty where a field is missing or a status is not in the documentation. */
    static Optional<Transfer> transfer(JsonObject row) {
        JsonObject amount = row.getJsonObject("amount");
        String id = row.getString("id");
        if (amount == null || id == null) return Optional.empty();
        String currency = text(amount, "currency");
        long minor = Decimals.minor(text(amount, "amount"), currency);
        Instant at = at(text(row, row.getString("updateDate") == null ? "createDate" : "updateDate"));
        return switch (text(row, "status")) {
            case "pending" -> Optional.of(Transfer.pending(id, minor, currency, at));
            case "complete" -> Optional.of(Transfer.done(id, minor, currency, at));
            case "failed" -> Optional.of(Transfer.failed(id, minor, currency, text(row, "errorCode"), at));
            default -> Optional.empty();
        };
    }

    /** A field that is missing, and one that is null, are empty. */
    private static String text(JsonObject row, String field) {
        return Objects.requireNonNullElse(row.getString(field), "");
    }

    private static Instant at(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("Not a time", e);
        }
    }
}
