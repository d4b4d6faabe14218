package dev.tributary.payout.rail.circle;

import dev.tributary.payout.rail.Decimals;
import dev.tributary.payout.rail.Provider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Circle as far as payouts need it: the key {@code secret}, the wallet {@code 1000}, an address book whose entries are pending
 * until somebody says otherwise, and payouts that are pending until they are finished. One key makes one resource, for ever.
 */
public final class CircleProvider implements Provider {
    private final Map<String, JsonObject> byKey = new HashMap<>();
    private final Map<String, JsonObject> payouts = new LinkedHashMap<>();
    private final Map<String, JsonObject> recipients = new LinkedHashMap<>();
    private long funds = Long.MAX_VALUE;
    private boolean anyRecipient;

    @Override
    public synchronized Said answer(Asked asked) {
        if (!"Bearer secret".equals(asked.header().apply("Authorization"))) return refused(401, 1, "Unauthorized");
        String[] parts = asked.path().split("/");
        boolean posts = asked.method().equals("POST");
        String last = parts[parts.length - 1];
        if (asked.path().equals("/v1/payouts")) return posts ? pay(asked.json()) : list(query(asked.query()));
        if (asked.path().equals("/v1/addressBook/recipients") && posts) return recipient(asked.json());
        if (asked.path().startsWith("/v1/addressBook/recipients/")) return found(recipients.get(last));
        if (asked.path().startsWith("/v1/payouts/")) return found(payouts.get(last));
        return refused(404, 404, "Not found");
    }

    private static Said refused(int status, int code, String message) {
        return Said.of(status, new JsonObject().put("code", code).put("message", message));
    }

    private static Said found(JsonObject row) {
        return row == null ? refused(404, 404, "Not found") : Said.of(200, new JsonObject().put("data", row));
    }

    private Said pay(JsonObject asked) {
        String key = asked.getString("idempotencyKey", "");
        if (!isVersion4(key)) return refused(400, 2, "idempotencyKey must be a UUID version 4");
        JsonObject known = byKey.get(key);
        if (known != null && !known.getJsonObject("asked").equals(asked))
            return refused(409, 1083, "This idempotency key was used with another request");
        if (known != null) return found(payouts.get(known.getString("id")));
        String to = asked.getJsonObject("destination").getString("id");
        JsonObject recipient = recipients.get(to);
        boolean active = recipient != null && "active".equals(recipient.getString("status"));
        if (!active && !(recipient == null && anyRecipient)) return refused(400, 2, "The recipient is not active");
        if (!"1000".equals(asked.getJsonObject("source").getString("id"))) return refused(400, 2, "No such wallet");
        String id = new UUID(3, payouts.size() + 1).toString();
        JsonObject row = new JsonObject()
                .put("id", id)
                .put("sourceWalletId", "1000")
                .put("destination", asked.getJsonObject("destination"))
                .put("amount", asked.getJsonObject("amount"))
                .put("toAmount", asked.getJsonObject("toAmount"))
                .put("status", "pending")
                .put("createDate", Instant.now().toString())
                .put("updateDate", Instant.now().toString());
        long minor = Decimals.minor(asked.getJsonObject("amount").getString("amount"), "USD");
        if (minor > funds) row.put("status", "failed").put("errorCode", "insufficient_funds");
        else funds -= minor;
        byKey.put(key, new JsonObject().put("asked", asked).put("id", id));
        payouts.put(id, row);
        return Said.of(201, new JsonObject().put("data", row));
    }

    private static boolean isVersion4(String key) {
        try {
            return UUID.fromString(key).version() == 4;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Said recipient(JsonObject asked) {
        String key = asked.getString("idempotencyKey", "");
        if (!isVersion4(key)) return refused(400, 2, "idempotencyKey must be a UUID version 4");
        for (JsonObject known : recipients.values()) if (key.equals(known.getString("key"))) return found(known);
        JsonObject row = new JsonObject()
                .put("id", new UUID(4, recipients.size() + 1).toString())
                .put("key", key)
                .put("chain", asked.getString("chain"))
                .put("address", asked.getString("address"))
                .put("status", "pending")
                .put("createDate", Instant.now().toString());
        recipients.put(row.getString("id"), row);
        return Said.of(201, new JsonObject().put("data", row));
    }

    private Said list(Map<String, String> query) {
        Instant from = Instant.parse(query.get("from"));
        Instant to = Instant.parse(query.get("to"));
        List<JsonObject> newestFirst = new ArrayList<>();
        for (JsonObject row : payouts.values()) {
            Instant at = Instant.parse(row.getString("createDate"));
            if (!at.isBefore(from) && !at.isAfter(to)) newestFirst.add(0, row);
        }
        int start = 0;
        String after = query.get("pageAfter");
        for (int i = 0; after != null && i < newestFirst.size(); i++)
            if (newestFirst.get(i).getString("id").equals(after)) start = i + 1;
        int end = Math.min(newestFirst.size(), start + Integer.parseInt(query.getOrDefault("pageSize", "50")));
        return Said.of(200, new JsonObject().put("data", new JsonArray(newestFirst.subList(start, end))));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Override
    public boolean moves(Asked asked) {
        return asked.method().equals("POST") && asked.path().equals("/v1/payouts");
    }

    @Override
    public String key(Asked asked) {
        return moves(asked) ? asked.json().getString("idempotencyKey", "") : "";
    }

    @Override
    public synchronized List<Moved> moved() {
        return payouts.values().stream()
                .map(row -> new Moved(
                        row.getString("id"),
                        keyOf(row.getString("id")),
                        row.getString("status"),
                        Decimals.minor(row.getJsonObject("amount").getString("amount"), "USD"),
                        0))
                .toList();
    }

    /** Circle knows no payout of ours; its key is derived from one. */
    private String keyOf(String id) {
        return byKey.entrySet().stream()
                .filter(entry -> entry.getValue().getString("id").equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    @Override
    public synchronized void finish(String transfer, String status, String code) {
        for (JsonObject row : payouts.values()) {
            boolean meant = transfer.isEmpty()
                    ? row.getString("status").equals("pending")
                    : row.getString("id").equals(transfer);
            if (!meant) continue;
            row.put("status", status).put("updateDate", Instant.now().toString());
            if (!code.isEmpty()) row.put("errorCode", code);
        }
    }

    /** Circle tells of it as of a payout that failed after all. */
    @Override
    public void giveBack(String transfer, long minor) {
        finish(transfer, "failed", "transaction_returned");
    }

    @Override
    public synchronized void funds(long minor) {
        funds = minor;
    }

    /** An entry of the address book that takes money; one that is pending is so from then on. */
    @Override
    public synchronized void payee(String destination) {
        anyRecipient |= destination.equals("*");
        recipients
                .computeIfAbsent(destination, id -> new JsonObject().put("id", id))
                .put("status", "active");
    }
}
