package dev.tributary.payout.rail.circle;

import java.util.Optional;

/** Settings as tests want them. */
record CircleSettings(String apiBase, Optional<String> apiKey, Optional<String> topic) implements CircleConfig {
    static CircleSettings at(String url) {
        return new CircleSettings(url, Optional.of("secret"), Optional.empty());
    }

    @Override
    public Optional<String> wallet() {
        return Optional.of("1000");
    }

    @Override
    public int perSecond() {
        return 5;
    }
}
