package dev.tributary.promo.stripe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the exchange of codes with Stripe. */
@ConfigMapping(prefix = "tributary.promo.stripe")
interface SyncConfig {
    /** Whether this instance brings changed codes to Stripe; where none does, the job {@code sync-stripe} must run. */
    @WithDefault("true")
    boolean sync();
}
