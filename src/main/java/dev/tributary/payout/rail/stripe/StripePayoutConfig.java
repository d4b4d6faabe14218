package dev.tributary.payout.rail.stripe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the rail; the key of the API and its address are those of {@code tributary.stripe}. */
@ConfigMapping(prefix = "tributary.payout.stripe")
interface StripePayoutConfig {
    /** Whether affiliates may be paid by Stripe Connect, which the Stripe account must have been set up for. */
    @WithDefault("true")
    boolean enabled();

    /** Transfers a second at most; Stripe allows 25 requests a second in test mode and 100 else, for all that is asked of it. */
    @WithDefault("20")
    int perSecond();

    /** Where our own Stripe account is: payees elsewhere take Stripe's agreement for recipients. */
    @WithDefault("US")
    String country();
}
