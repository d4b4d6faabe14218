package dev.tributary.stripe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the room. */
@ConfigMapping(prefix = "tributary.stripe")
interface StripeConfig {
    /** A secret or restricted key of the Stripe account; without one nothing is sent, and everything else works. */
    Optional<String> apiKey();

    /** Where Stripe is; another address is for tests. */
    @WithDefault("https://api.stripe.com")
    String apiBase();

    /** How long opening a connection may take. */
    @WithDefault("2S")
    Duration connectTimeout();

    /** How long Stripe may be silent; its slowest calls take some seconds. */
    @WithDefault("20S")
    Duration readTimeout();

    /** What is waited before a second attempt; twice that before a third, and so on. */
    @WithDefault("500MS")
    Duration firstPause();

    /** Calls under way at once, each on a thread of its own; Stripe allows 25 a second in test mode, 100 else. */
    @WithDefault("8")
    int concurrency();
}
