package dev.tributary.payout.rail.payman;

import dev.tributary.money.Money;
import dev.tributary.payout.rail.HttpSender;
import dev.tributary.payout.rail.Instruction;
import dev.tributary.payout.rail.ProviderStub;
import dev.tributary.payout.rail.Rail;
import dev.tributary.payout.rail.RailContract;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The contract over a stub that pays as often as it is told, as Payman does. */
class PaymanRailTest extends RailContract {
    private static final Money AMOUNT = new Money(740, "USD");

    private final AtomicInteger payments = new AtomicInteger();

    @Override
    protected ProviderStub stub(Vertx vertx) throws Exception {
        return new ProviderStub(vertx, this::carryOut);
    }

    private JsonObject carryOut(HttpServerRequest request, JsonObject asked) {
        if (!"secret".equals(request.getHeader("x-payman-api-secret"))
                || !request.path().equals("/payments/send-payment")
                || asked.getDouble("amountDecimal") != 7.4) return new JsonObject().put("errorCode", "refused");
        return new JsonObject()
                .put("reference", "ref-" + payments.incrementAndGet())
                .put("status", "INITIATED");
    }

    @Override
    protected Rail rail(HttpSender http, String url) {
        return new PaymanRail(http, url, "secret", Clock.systemUTC());
    }

    @Override
    protected Instruction instruction() {
        String body = PaymanPayments.body("wlt-1", "pd-1", AMOUNT, "pyt_1").encode();
        return new Instruction(new UUID(7, 1), AMOUNT, "pd-1", "tributary-pyt_1", body);
    }

    @Override
    protected int carriedOut() {
        return payments.get();
    }
}
