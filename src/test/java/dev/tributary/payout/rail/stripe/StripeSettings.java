package dev.tributary.payout.rail.stripe;

/** Settings as tests want them. */
record StripeSettings() implements StripePayoutConfig {
    static final StripeSettings USUAL = new StripeSettings();

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public int perSecond() {
        return 20;
    }

    @Override
    public String country() {
        return "US";
    }
}
