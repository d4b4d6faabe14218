package dev.tributary.payout.rail;

import dev.tributary.payout.rail.circle.CircleProvider;
import dev.tributary.payout.rail.payman.PaymanProvider;
import dev.tributary.payout.rail.stripe.StripeProvider;
import io.vertx.core.Vertx;

/**
 * Runs a provider's stub until it is killed: {@code java -cp ... dev.tributary.payout.rail.StubMain stripe 12111}. Prints its
 * address; port 0 takes any that is free.
 */
public final class StubMain {
    private StubMain() {}

    public static void main(String[] arguments) throws Exception {
        Provider provider = provider(arguments.length > 0 ? arguments[0] : "");
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        ProviderStub stub = new ProviderStub(Vertx.vertx(), port, provider);
        System.out.println(stub.url());
    }

    private static Provider provider(String name) {
        return switch (name) {
            case "stripe" -> new StripeProvider();
            case "circle" -> new CircleProvider();
            case "payman" -> new PaymanProvider();
            default -> throw new IllegalArgumentException("One of stripe, circle, payman");
        };
    }
}
