package dev.tributary.payout.rail.payman;

import java.util.Optional;

/** Settings as tests want them. */
record PaymanSettings(String apiBase) implements PaymanConfig {
    @Override
    public Optional<String> apiSecret() {
        return Optional.of("secret");
    }

    @Override
    public Optional<String> wallet() {
        return Optional.of("wlt-1");
    }

    @Override
    public int perSecond() {
        return 2;
    }
}
