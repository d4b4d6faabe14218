package dev.tributary;

import dev.tributary.payout.rail.stripe.StripeForTests;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * An instance that serves the API alone and pays through a stub of Stripe. The test classes that need one or the other share it,
 * because every further application takes fifteen seconds to build and start.
 */
public final class ApiAlone implements QuarkusTestProfile {
    /** Where it must keep none. */
    public static final String JOURNAL = "target/no-edge/journal";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("tributary.click.edge", "false", "tributary.click.journal-dir", JOURNAL);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(StripeForTests.class));
    }
}
