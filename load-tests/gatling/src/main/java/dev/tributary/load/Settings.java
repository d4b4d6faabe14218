package dev.tributary.load;

/**
 * What a run is told by system properties.
 *
 * @param url the server, {@code -Dmix.url}
 * @param rate requests a second of the whole mix, {@code -Dmix.rate}
 * @param seconds how long it is measured, {@code -Dmix.seconds}
 * @param warmUpSeconds how long plain visits come at the same rate before that, {@code -Dmix.warm-up}
 * @param links how many links are clicked on, {@code -Dmix.links}; the demo has 1,000 beside ECO10
 * @param seed of all choices, {@code -Dmix.seed}: the same seed makes the same clicks
 * @param reference whether the server is a bare nginx that answers everything alike, {@code -Dmix.reference}
 */
record Settings(String url, int rate, int seconds, int warmUpSeconds, int links, long seed, boolean reference) {
    Settings {
        if (rate < 1 || seconds < 1 || warmUpSeconds < 1) throw new IllegalArgumentException("mix.rate, mix.seconds and mix.warm-up are at least 1");
        if (links < 1 || links > 1_000) throw new IllegalArgumentException("mix.links is between 1 and 1000");
    }

    static Settings fromSystemProperties() {
        return new Settings(
                System.getProperty("mix.url", "http://127.0.0.1:8080"),
                Integer.getInteger("mix.rate", 2_000),
                Integer.getInteger("mix.seconds", 60),
                Integer.getInteger("mix.warm-up", 20),
                Integer.getInteger("mix.links", 1_000),
                Long.getLong("mix.seed", 20L),
                Boolean.getBoolean("mix.reference"));
    }
}
