package dev.tributary.payout.rail.payman;

import dev.tributary.payout.rail.Provider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Payman as far as payouts need it: the secret {@code secret}, payees and payments. It knows no keys: what it is told twice it
 * does twice.
 */
public final class PaymanProvider implements Provider {
    private final Map<String, JsonObject> payees = new LinkedHashMap<>();
    private final List<Moved> moved = new ArrayList<>();
    private long funds = Long.MAX_VALUE;
    private boolean anyPayee;
    private String status = "INITIATED";

    @Override
    public synchronized Said answer(Asked asked) {
        if (!"secret".equals(asked.header().apply("x-payman-api-secret"))) return refused(401, "unauthorized");
        return switch (asked.path()) {
            case "/payments/send-payment" -> pay(asked.json());
            case "/payments/payees" -> payee(asked.json());
            case "/payments/search-payees" -> search(asked.query());
            default -> refused(404, "not_found");
        };
    }

    private static Said refused(int status, String code) {
        JsonObject body =
                new JsonObject().put("status", status).put("errorCode", code).put("message", "No");
        return Said.of(status, body);
    }

    private Said pay(JsonObject asked) {
        String payee = asked.getString("payeeId", "");
        if (!anyPayee && !payees.containsKey(payee)) return refused(400, "payee_not_found");
        long minor = new BigDecimal(asked.getValue("amountDecimal").toString())
                .movePointRight(2)
                .longValueExact();
        if (minor > funds) return refused(400, "insufficient_balance");
        funds -= minor;
        String reference = "ref-" + (moved.size() + 1);
        String payout = asked.getJsonObject("metadata", new JsonObject()).getString("payout", "");
        moved.add(new Moved(reference, payout, "complete", minor, 0));
        return Said.of(200, new JsonObject().put("reference", reference).put("status", status));
    }

    private Said payee(JsonObject asked) {
        String id = "pd-" + (payees.size() + 1);
        JsonObject payee = asked.copy().put("id", id).put("status", "ACTIVE");
        payees.put(id, payee);
        return Said.of(200, payee);
    }

    private Said search(String query) {
        String name = URLDecoder.decode(query.replaceFirst("^name=", ""), StandardCharsets.UTF_8);
        JsonArray results = new JsonArray();
        for (JsonObject payee : payees.values()) if (payee.getString("name", "").contains(name)) results.add(payee);
        return Said.of(200, new JsonObject().put("results", results));
    }

    /** What it says of payments from now on. */
    synchronized void says(String status) {
        this.status = status;
    }

    synchronized int payees() {
        return payees.size();
    }

    @Override
    public boolean moves(Asked asked) {
        return asked.path().equals("/payments/send-payment");
    }

    @Override
    public String key(Asked asked) {
        return "";
    }

    @Override
    public synchronized List<Moved> moved() {
        return List.copyOf(moved);
    }

    @Override
    public synchronized void funds(long minor) {
        funds = minor;
    }

    @Override
    public synchronized void payee(String destination) {
        anyPayee |= destination.equals("*");
        payees.put(destination, new JsonObject().put("id", destination).put("status", "ACTIVE"));
    }
}
