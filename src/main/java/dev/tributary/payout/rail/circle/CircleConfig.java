package dev.tributary.payout.rail.circle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the rail. */
@ConfigMapping(prefix = "tributary.payout.circle")
interface CircleConfig {
    /** A key of a Circle account; without one the rail cannot be used. */
    Optional<String> apiKey();

    /** The wallet that payouts are taken from, by Circle's number of it. */
    Optional<String> wallet();

    /** Where Circle is; {@code https://api-sandbox.circle.com} is its sandbox. */
    @WithDefault("https://api.circle.com")
    String apiBase();

    /** Payouts a second at most. */
    @WithDefault("5")
    int perSecond();

    /** The topic of Amazon SNS that Circle's notifications come from; without it one of any topic is a reason to ask Circle. */
    Optional<String> topic();
}
