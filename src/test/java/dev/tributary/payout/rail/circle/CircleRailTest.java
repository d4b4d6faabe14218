package dev.tributary.payout.rail.circle;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.ProviderStub;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.RailContract;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The contract over a stub that keeps one payout a key, as Circle does. */
class CircleRailTest extends RailContract {
    private static final Money AMOUNT = new Money(740, "USD");
    private static final UUID KEY = new UUID(1, 2);

    private final Map<String, JsonObject> byKey = new ConcurrentHashMap<>();

    @Override
    protected ProviderStub stub(Vertx vertx) throws Exception {
        return new ProviderStub(vertx, this::carryOut);
    }

    private JsonObject carryOut(HttpServerRequest request, JsonObject asked) {
        if (!"Bearer secret".equals(request.getHeader("Authorization"))) return new JsonObject().put("code", 1);
        if (request.method() == HttpMethod.GET)
            return byKey.values().stream()
                    .filter(row -> request.path()
                            .equals("/v1/payouts/" + row.getJsonObject("data").getString("id")))
                    .findFirst()
                    .orElseThrow();
        return byKey.computeIfAbsent(asked.getString("idempotencyKey"), key -> {
            JsonObject row = new JsonObject()
                    .put("id", "po-" + (byKey.size() + 1))
                    .put("status", "pending")
                    .put("amount", asked.getJsonObject("amount"))
                    .put("createDate", "2026-11-21T12:00:00Z");
            return new JsonObject().put("data", row);
        });
    }

    @Override
    protected Rail rail(HttpSender http, String url) {
        return new CircleRail(http, url, "secret");
    }

    @Override
    protected Instruction instruction() {
        String body = CirclePayouts.body(KEY, "1000", "rec-1", AMOUNT).encode();
        return new Instruction(new UUID(7, 1), AMOUNT, "rec-1", KEY.toString(), body);
    }

    @Override
    protected int carriedOut() {
        return byKey.size();
    }
}
