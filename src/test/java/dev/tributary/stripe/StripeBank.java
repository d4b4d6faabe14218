package dev.tributary.stripe;

import dev.tributary.stripe.StubKeys.StubAnswer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The part of Stripe through which money goes out, without HTTP: connected accounts, transfers and their reversals, with its
 * memory of keys and its events.
 */
public final class StripeBank {
    /** An answer with its headers. */
    public record Told(int status, Map<String, String> headers, String body) {}

    private final StubKeys keys = new StubKeys();
    private final StubTransfers transfers = new StubTransfers();
    private Consumer<JsonObject> events = event -> {};
    private int eventIds;

    /** @param broken whether a change answers 500 although it was made, which its key remembers */
    public synchronized Told ask(Map<String, String> from, String method, String path, String form, boolean broken) {
        Form fields = Form.parse(form);
        try {
            if (!("Bearer " + StripeStub.KEY).equals(from.get("Authorization")))
                throw new StubRefusal(401, "invalid_request_error", null, "Invalid API Key provided", null);
            if (method.equals("GET")) return told(StubAnswer.of(200, act(method, path, fields)));
            String key = from.getOrDefault("Idempotency-Key", "");
            return told(change(path, fields, key, broken));
        } catch (StubRefusal refusal) {
            return told(StubAnswer.of(refusal.status, refusal.body()));
        }
    }

    private static Told told(StubAnswer answer) {
        Map<String, String> headers = answer.replayed() ? Map.of("Idempotent-Replayed", "true") : Map.of();
        return new Told(answer.status(), headers, answer.body());
    }

    private StubAnswer change(String path, Form form, String key, boolean broken) {
        String whole = "POST " + path + " " + form;
        var kept = keys.find(key, whole);
        if (kept.isPresent() && !key.isEmpty()) return kept.get();
        StubAnswer answer;
        try {
            answer = StubAnswer.of(200, act("POST", path, form));
        } catch (StubRefusal refusal) {
            if (!refusal.isExecuted()) throw refusal;
            answer = StubAnswer.of(refusal.status, refusal.body());
        }
        if (broken) {
            JsonObject error = new JsonObject().put("type", "api_error").put("message", "An unknown error occurred");
            answer = StubAnswer.of(500, new JsonObject().put("error", error));
        }
        if (!key.isEmpty()) keys.keep(key, whole, answer);
        return answer;
    }

    /** What it says while an attempt with the same key is being carried out. */
    public static Told busy() {
        StubRefusal refusal = new StubRefusal(
                409, "idempotency_error", "idempotency_key_in_use", "There is another request with this key", null);
        return told(StubAnswer.of(409, refusal.body()));
    }

    private JsonObject act(String method, String path, Form form) {
        String[] parts = path.split("/");
        String id = parts.length > 3 ? parts[3] : "";
        boolean creates = method.equals("POST") && id.isEmpty();
        switch (parts.length > 2 ? parts[2] : "") {
            case "accounts":
                return creates ? transfers.createAccount(form) : transfers.account(id);
            case "account_links":
                return transfers.link(form);
            case "transfers":
                if (creates) return told("transfer.created", transfers.create(form));
                if (id.isEmpty()) return transfers.list(form);
                if (parts.length == 4) return transfers.find(id);
                JsonObject reversal = transfers.reverse(id, form);
                told("transfer.reversed", transfers.find(id));
                return reversal;
            default:
                throw new StubRefusal(404, "invalid_request_error", null, "Unrecognized request URL", null);
        }
    }

    private JsonObject told(String type, JsonObject object) {
        JsonObject event = new JsonObject()
                .put("id", "evt_stub_" + ++eventIds)
                .put("object", "event")
                .put("type", type)
                .put("livemode", false)
                .put("created", System.currentTimeMillis() / 1_000)
                .put("data", new JsonObject().put("object", object.copy()));
        events.accept(event);
        return object;
    }

    public synchronized void events(Consumer<JsonObject> listener) {
        events = listener;
    }

    /** The header {@code Stripe-Signature} of a body, as of now. */
    public static String signature(String body, String secret) {
        String now = Long.toString(System.currentTimeMillis() / 1_000);
        byte[] signed = StripeSignature.sign(secret, now, body.getBytes(StandardCharsets.UTF_8));
        return "t=" + now + ",v1=" + HexFormat.of().formatHex(signed);
    }

    /** Its owner tells Stripe all that it wants: from then on the account takes money. */
    public synchronized void onboarded(String account) {
        told("account.updated", transfers.onboarded(account));
    }

    /** Stripe closes the account. */
    public synchronized void rejected(String account) {
        told("account.updated", transfers.rejected(account));
    }

    /** An account that was there before; "*" for any that is named. */
    public synchronized void account(String id) {
        transfers.known(id);
    }

    public synchronized void pruneKeys() {
        keys.prune();
    }

    public synchronized void deposit(long amount) {
        transfers.deposit(amount);
    }

    public synchronized void balance(long amount) {
        transfers.deposit(amount - transfers.balance());
    }

    /** In Stripe's dashboard. */
    public synchronized void reverse(String transfer, long amount) {
        transfers.reverse(transfer, Form.parse("amount=" + amount));
        told("transfer.reversed", transfers.find(transfer));
    }

    public synchronized List<JsonObject> transfers() {
        return transfers.all();
    }
}
