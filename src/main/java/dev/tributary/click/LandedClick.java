package dev.tributary.click;

import org.jspecify.annotations.Nullable;

/**
 * A click with everything that was worked out when it landed.
 *
 * @param traffic human, bot, prefetch or head
 * @param flood whether its address sent more clicks in that minute than people do
 */
record LandedClick(
        Click click,
        Traffic traffic,
        boolean flood,
        String ipPrefix,
        byte[] ipHash,
        byte[] fingerprint,
        String country,
        UserAgents.Device device,
        String referrerHost) {

    enum Traffic {
        HUMAN,
        BOT,
        PREFETCH,
        HEAD;

        final String label = name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What the store of visits says of a click; only those of people are asked about. */
    enum Visit {
        UNIQUE,
        DUPLICATE,
        UNVERIFIED,
        NONE;

        final String label = name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The name under which this visitor's earlier click is looked for: the id it presented, else its fingerprint. */
    @Nullable
    String visitorKey() {
        if (click.returning() && click.visitorId() != null) return click.linkId() + ":v:" + click.visitorId();
        return fingerprint.length == 0
                ? null
                : click.linkId() + ":f:" + java.util.HexFormat.of().formatHex(fingerprint);
    }

    /** The name under which a visitor that was just given an id will be looked for next time; null where it had one. */
    @Nullable
    String givenKey() {
        return click.returning() || click.visitorId() == null ? null : click.linkId() + ":v:" + click.visitorId();
    }
}
