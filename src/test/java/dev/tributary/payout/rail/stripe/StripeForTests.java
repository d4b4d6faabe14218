package dev.tributary.payout.rail.stripe;

import dev.tributary.payout.rail.ProviderStub;
import dev.tributary.stripe.StripeStub;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stub of Stripe for an application that is started with its address. */
public final class StripeForTests implements QuarkusTestResourceLifecycleManager {
    private @Nullable Vertx vertx;

    @Override
    public Map<String, String> start() {
        try {
            Vertx made = Vertx.vertx();
            vertx = made;
            ProviderStub stub = new ProviderStub(made, 0, new StripeProvider());
            return Map.of("tributary.stripe.api-key", StripeStub.KEY, "tributary.stripe.api-base", stub.url());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (vertx != null) vertx.close();
    }
}
