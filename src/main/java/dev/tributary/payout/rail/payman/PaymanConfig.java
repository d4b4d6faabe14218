package dev.tributary.payout.rail.payman;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the rail. */
@ConfigMapping(prefix = "tributary.payout.payman")
interface PaymanConfig {
    /** An API secret of a Payman agent; without one the rail cannot be used. */
    Optional<String> apiSecret();

    /** The wallet that payments are taken from, by Payman's id of it. */
    Optional<String> wallet();

    /** Where Payman is. */
    @WithDefault("https://agent.payman.ai/api")
    String apiBase();

    /** Payments a second at most; Payman documents no limit. */
    @WithDefault("2")
    int perSecond();
}
