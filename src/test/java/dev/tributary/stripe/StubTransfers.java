package dev.tributary.stripe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stub's connected accounts, its own balance, and transfers between the two, which are made at once and may be reversed. */
final class StubTransfers {
    private static final Set<String> FIELDS = Set.of(
            "amount",
            "currency",
            "destination",
            "description",
            "metadata",
            "source_transaction",
            "source_type",
            "transfer_group",
            "expand");

    private final Map<String, JsonObject> accounts = new LinkedHashMap<>();
    private final Map<String, JsonObject> transfers = new LinkedHashMap<>();
    private long balance;
    private boolean anyAccount;
    private int links;

    void deposit(long amount) {
        balance += amount;
    }

    long balance() {
        return balance;
    }

    JsonObject createAccount(Form form) {
        String id = "acct_" + (accounts.size() + 1);
        // one that asks for a capability has it when its owner has told all; one made by hand has all from the start
        boolean ready = form.text("capabilities[transfers][requested]").isEmpty();
        JsonObject account = new JsonObject()
                .put("id", id)
                .put("object", "account")
                .put("type", form.text("type").orElse("express"))
                .put("country", form.text("country").orElse("US"))
                .put("capabilities", new JsonObject().put("transfers", ready ? "active" : "inactive"))
                .put("details_submitted", ready)
                .put("payouts_enabled", ready)
                .put("requirements", requirements(ready ? null : "requirements.past_due"))
                .put("metadata", new JsonObject(Map.copyOf(form.below("metadata"))));
        accounts.put(id, account);
        return account;
    }

    private static JsonObject requirements(@Nullable String disabled) {
        JsonArray due = disabled == null ? new JsonArray() : new JsonArray().add("external_account");
        return new JsonObject().put("currently_due", due).put("disabled_reason", disabled);
    }

    JsonObject account(String id) {
        return Optional.ofNullable(accounts.get(id)).orElseThrow(() -> StubRefusal.notFound("account", id));
    }

    /** One that was there before; "*" for any that is named from now on. */
    void known(String id) {
        anyAccount |= id.equals("*");
        accounts.put(
                id,
                new JsonObject()
                        .put("id", id)
                        .put("object", "account")
                        .put("capabilities", new JsonObject().put("transfers", "active"))
                        .put("details_submitted", true)
                        .put("payouts_enabled", true));
    }

    JsonObject onboarded(String id) {
        return account(id)
                .put("details_submitted", true)
                .put("payouts_enabled", true)
                .put("requirements", requirements(null))
                .put("capabilities", new JsonObject().put("transfers", "active"));
    }

    JsonObject rejected(String id) {
        return account(id)
                .put("payouts_enabled", false)
                .put("requirements", requirements("rejected.terms_of_service"))
                .put("capabilities", new JsonObject().put("transfers", "inactive"));
    }

    JsonObject link(Form form) {
        account(form.required("account"));
        return new JsonObject()
                .put("object", "account_link")
                .put("created", now())
                .put("expires_at", now() + 300)
                .put("url", "https://connect.stripe.test/setup/" + form.required("type") + "/" + ++links);
    }

    private static long now() {
        return System.currentTimeMillis() / 1_000;
    }

    JsonObject create(Form form) {
        form.onlyKnows(FIELDS);
        String destination = form.required("destination");
        if (!anyAccount && !accounts.containsKey(destination))
            throw StubRefusal.missing("destination", destination, "destination");
        if (!takesMoney(destination))
            throw new StubRefusal(
                    400,
                    "invalid_request_error",
                    "insufficient_capabilities_for_transfer",
                    "Your destination account needs to have the transfers capability enabled",
                    null);
        long amount =
                form.number("amount").orElseThrow(() -> StubRefusal.of("Missing required param: amount.", "amount"));
        if (amount < 1) throw StubRefusal.of("Invalid positive integer", "amount");
        if (amount > balance)
            throw new StubRefusal(
                            400,
                            "invalid_request_error",
                            "balance_insufficient",
                            "You have insufficient available funds in your Stripe account.",
                            null)
                    .executed();
        balance -= amount;
        String id = "tr_" + (transfers.size() + 1);
        JsonObject transfer = new JsonObject()
                .put("id", id)
                .put("object", "transfer")
                .put("amount", amount)
                .put("amount_reversed", 0L)
                .put("created", now())
                .put("currency", form.required("currency"))
                .put("destination", destination)
                .put("livemode", false)
                .put("metadata", new JsonObject(Map.copyOf(form.below("metadata"))))
                .put("reversed", false)
                .put("reversals", new JsonObject().put("object", "list").put("data", new JsonArray()))
                .put("transfer_group", form.text("transfer_group").orElse(null));
        transfers.put(id, transfer);
        return transfer;
    }

    private boolean takesMoney(String account) {
        JsonObject known = accounts.get(account);
        return known == null
                || "active".equals(known.getJsonObject("capabilities").getString("transfers"));
    }

    JsonObject find(String id) {
        return Optional.ofNullable(transfers.get(id)).orElseThrow(() -> StubRefusal.notFound("transfer", id));
    }

    JsonObject list(Form query) {
        return StubList.page(
                transfers.values(),
                query,
                "/v1/transfers",
                transfer -> same(query, transfer, "transfer_group")
                        && same(query, transfer, "destination")
                        && within(query, transfer.getLong("created")));
    }

    private static boolean same(Form query, JsonObject transfer, String name) {
        return query.text(name)
                .map(text -> text.equals(transfer.getString(name)))
                .orElse(true);
    }

    private static boolean within(Form query, long created) {
        return created >= query.number("created[gte]").orElse(Long.MIN_VALUE)
                && created < query.number("created[lt]").orElse(Long.MAX_VALUE);
    }

    /** The whole of what is left unless an amount is given. */
    JsonObject reverse(String id, Form form) {
        JsonObject transfer = find(id);
        long left = transfer.getLong("amount") - transfer.getLong("amount_reversed");
        long amount = form.number("amount").orElse(left);
        if (amount < 1 || amount > left)
            throw StubRefusal.of("Transfer amount to reverse is greater than the remaining amount", "amount");
        balance += amount;
        transfer.put("amount_reversed", transfer.getLong("amount_reversed") + amount);
        transfer.put("reversed", left == amount);
        JsonArray reversals = transfer.getJsonObject("reversals").getJsonArray("data");
        JsonObject reversal = new JsonObject()
                .put("id", "trr_" + id + "_" + reversals.size())
                .put("object", "transfer_reversal")
                .put("amount", amount)
                .put("currency", transfer.getString("currency"))
                .put("metadata", new JsonObject(Map.copyOf(form.below("metadata"))))
                .put("transfer", id);
        reversals.add(reversal);
        return reversal;
    }

    List<JsonObject> all() {
        return transfers.values().stream().map(JsonObject::copy).toList();
    }
}
