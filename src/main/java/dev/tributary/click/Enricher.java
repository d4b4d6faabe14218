package dev.tributary.click;

import dev.tributary.access.ClientAddress;
import dev.tributary.crypto.KeyedHash;
import dev.tributary.id.Ids;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Works out what the redirect left for later: bot or not, device, country, hashes, flood. Used by one thread.
 *
 * <p>Addresses leave here only as their network and as a keyed hash; the key changes every {@code hash-key-days} and old
 * ones are deleted, so a hash cannot be followed for longer than two such periods.
 */
final class Enricher {
    private static final byte[] NONE = new byte[0];
    /** Addresses counted in one minute; beyond, counting starts afresh and some of a flood goes unflagged. */
    private static final int COUNTED = 100_000;

    private final UserAgents userAgents = new UserAgents();
    private final Countries countries;
    private final int floodPerMinute;
    private final Map<String, Integer> clicksOfAddress = new LinkedHashMap<>();
    private long minute;

    Enricher(ClickConfig config) {
        countries = new Countries(config.geoipDatabase());
        floodPerMinute = config.floodPerMinute();
    }

    LandedClick enrich(Click click, KeyedHash hash) {
        UserAgents.Device device = userAgents.of(click.userAgent());
        boolean anonymous = click.visitorId() == null;
        return new LandedClick(
                click,
                traffic(click, device),
                flood(click),
                ClientAddress.prefix(click.ip()),
                anonymous || click.ip().isEmpty() ? NONE : hash.of("ip", click.ip()),
                anonymous ? NONE : hash.of("fingerprint", click.ip(), click.userAgent(), click.acceptLanguage()),
                countries.of(click.country(), click.ip()),
                device,
                host(click.referrer()));
    }

    private static LandedClick.Traffic traffic(Click click, UserAgents.Device device) {
        return switch (click.intent()) {
            case HEAD -> LandedClick.Traffic.HEAD;
            case PREFETCH -> LandedClick.Traffic.PREFETCH;
            case VISIT -> device.bot() ? LandedClick.Traffic.BOT : LandedClick.Traffic.HUMAN;
        };
    }

    /** Counts by the minute of the click, not of landing, so that a drained backlog flags nobody. */
    private boolean flood(Click click) {
        long now = Ids.millisOf(click.id()) / 60_000;
        if (now != minute || clicksOfAddress.size() > COUNTED) {
            clicksOfAddress.clear();
            minute = now;
        }
        return clicksOfAddress.merge(click.ip(), 1, Integer::sum) > floodPerMinute;
    }

    static String host(String url) {
        int start = url.indexOf("://");
        if (start < 0) return "";
        int end = start + 3;
        while (end < url.length() && "/?#:".indexOf(url.charAt(end)) < 0) end++;
        String host = url.substring(start + 3, end).toLowerCase(Locale.ROOT);
        int at = host.lastIndexOf('@');
        host = at < 0 ? host : host.substring(at + 1);
        return host.length() > 253 ? "" : host;
    }
}
