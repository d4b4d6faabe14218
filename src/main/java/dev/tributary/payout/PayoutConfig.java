package dev.tributary.payout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the room; those of a rail stand below its name. */
@ConfigMapping(prefix = "tributary.payout")
interface PayoutConfig {
    /** Whether this instance carries out runs and sends payouts; at least one instance must. */
    @WithDefault("true")
    boolean sending();
}
