package dev.tributary.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The stores of {@link Stores}, of which PostgreSQL is reached by a way that a test may cut. */
public final class CutStores implements QuarkusTestResourceLifecycleManager {
    private static CuttingProxy proxy;

    /** Every connection of the application goes through it. */
    public static synchronized CuttingProxy proxy() {
        if (proxy == null) proxy = new CuttingProxy(Stores.postgres().port());
        return proxy;
    }

    /** After those of all other classes, so that its address holds. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> all = new HashMap<>(new Stores().start());
        String direct = ":" + Stores.postgres().port() + "/";
        all.computeIfPresent(
                "quarkus.datasource.reactive.url", (name, url) -> url.replace(direct, ":" + proxy().port() + "/"));
        return all;
    }

    @Override
    public synchronized void stop() {
        if (proxy != null) proxy.close();
        proxy = null;
    }
}
