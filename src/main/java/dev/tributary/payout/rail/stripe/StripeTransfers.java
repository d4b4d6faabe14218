package dev.tributary.payout.rail.stripe;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.Finding;
import dev.tributary.payout.rail.Listing.Listed;
import dev.tributary.payout.rail.Listing.Page;
import dev.tributary.payout.rail.Notice;
import dev.tributary.payout.rail.Order;
import dev.tributary.payout.rail.Reply.Body;
import dev.tributary.payout.rail.Traits;
import dev.tributary.payout.rail.Transfer;
import dev.tributary.stripe.StripeUnits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What Stripe says about transfers. A transfer has no state: once it is there, the money is in the connected account's
 * balance, and only a reversal brings it back. Whether that account's bank payout fails is between Stripe and its owner.
 *
 * @see <a href="https://docs.stripe.com/api/transfers">transfers</a>
 * @see <a href="https://docs.stripe.com/api/idempotent_requests">idempotent requests</a>
 * @see <a href="https://docs.stripe.com/error-codes">error codes</a>
 */
final class StripeTransfers {
    /** Keys may be forgotten after a day. Ours stands in {@code transfer_group}, by which transfers are listed. */
    static final Traits TRAITS = new Traits(
            Duration.ofHours(24),
            true,
            true,
            Duration.ofMinutes(15),
            new Traits.Codes(
                    Set.of(
                            "account_closed",
                            "amount_too_large",
                            "amount_too_small",
                            "insufficient_capabilities_for_transfer",
                            "not_allowed_on_standard_account",
                            "parameter_invalid_empty",
                            "parameter_invalid_integer",
                            "parameter_missing",
                            "parameter_unknown",
                            "resource_missing",
                            "transfers_not_allowed"),
                    Set.of("balance_insufficient", "insufficient_funds"),
                    Set.of("idempotency_error"),
                    Set.of("idempotency_key_in_use")));

    private StripeTransfers() {}

    /** An answer to a transfer: the transfer, or an error by its code, else by its type. */
    static Optional<Body> read(JsonObject answer) {
        if ("transfer".equals(answer.getString("object"))) return Optional.of(new Body.Row(transfer(answer)));
        JsonObject error = answer.getJsonObject("error");
        if (error == null || error.getString("type") == null) return Optional.empty();
        String type = error.getString("type");
        // a key that was used with other parameters is told by the type, whatever the code
        boolean reused = type.equals("idempotency_error") && error.getString("code") == null;
        String code = error.getString("code");
        return Optional.of(new Body.Failure(reused || code == null ? type : code));
    }

    /** The frozen body: what Stripe knows the payout by stands in the group, by which transfers are listed. */
    static String form(Order order) {
        String payout = TypeId.PAYOUT.format(order.payoutId());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("amount", StripeUnits.of(order.amount()).orElseThrow().toString());
        fields.put("currency", order.amount().currency().toLowerCase(Locale.ROOT));
        fields.put("destination", order.destination());
        fields.put("transfer_group", payout);
        fields.put("metadata[payout]", payout);
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One page of all transfers; one that cannot be read is an {@link IllegalStateException}. */
    static Page page(JsonObject list) {
        JsonArray data = list.getJsonArray("data", new JsonArray());
        List<Listed> listed = new ArrayList<>();
        try {
            for (int i = 0; i < data.size(); i++) {
                JsonObject row = data.getJsonObject(i);
                listed.add(new Listed(transfer(row), payout(row)));
            }
        } catch (IllegalArgumentException | ClassCastException unreadable) {
            throw new IllegalStateException("A transfer in Stripe's list cannot be read", unreadable);
        }
        boolean more = list.getBoolean("has_more", false) && !listed.isEmpty();
        return new Page(
                listed,
                more ? Optional.of(listed.get(listed.size() - 1).transfer().id()) : Optional.empty());
    }

    /** The list of transfers of one group. More than a page of them is not looked through: it is not ours to decide. */
    static Finding found(JsonObject list) {
        JsonArray data = list.getJsonArray("data");
        if (!"list".equals(list.getString("object")) || data == null) return new Finding.Unclear("not a list");
        if (list.getBoolean("has_more", false)) return new Finding.Unclear("more than a page");
        List<Transfer> transfers = new ArrayList<>();
        try {
            for (int i = 0; i < data.size(); i++) transfers.add(transfer(data.getJsonObject(i)));
        } catch (IllegalArgumentException | ClassCastException unreadable) {
            return new Finding.Unclear("a transfer that cannot be read");
        }
        return transfers.isEmpty() ? new Finding.Absent() : new Finding.Found(transfers);
    }

    /**
     * {@code transfer.created}, {@code transfer.updated} and {@code transfer.reversed}; empty for every other type. One that
     * cannot be read is an {@link IllegalArgumentException}: it is kept and looked at, not passed over.
     */
    static Optional<Notice> notice(JsonObject event) {
        if (!event.getString("type", "").startsWith("transfer.")) return Optional.empty();
        JsonObject object = event.getJsonObject("data", new JsonObject()).getJsonObject("object", new JsonObject());
        if (!"transfer".equals(object.getString("object"))) return Optional.empty();
        return Optional.of(new Notice(event.getString("id"), payout(object), transfer(object)));
    }

    private static Optional<UUID> payout(JsonObject transfer) {
        return Optional.ofNullable(transfer.getString("transfer_group")).flatMap(TypeId.PAYOUT::parse);
    }

    /** What was reversed only grows, so the time of the transfer orders its tellings well enough. */
    static Transfer transfer(JsonObject row) {
        String id = row.getString("id");
        String currency = row.getString("currency");
        Long amount = row.getLong("amount");
        Long created = row.getLong("created");
        Long reversed = row.getLong("amount_reversed");
        if (id == null || currency == null || amount == null || created == null || reversed == null)
            throw new IllegalArgumentException("A transfer lacks a field");
        Instant at = Instant.ofEpochSecond(created);
        Money moved = StripeUnits.read(amount, currency);
        return Transfer.done(id, moved.amount(), moved.currency(), at)
                .reversed(StripeUnits.read(reversed, currency).amount(), at);
    }
}
