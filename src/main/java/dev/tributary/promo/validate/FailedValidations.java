package dev.tributary.promo.validate;

import dev.tributary.access.ClientAddress;
import dev.tributary.access.RateLimit;
import dev.tributary.access.RateLimits;
import dev.tributary.promo.PromoConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts validations that fail, by address and in all, and turns away who had too many: from then on every validation from
 * there, good ones too, because an answer would tell which codes there are.
 *
 * <p>Where more fail in all than anybody's typing explains, somebody with many addresses is guessing: then one failure is
 * enough. Good first validations of others are answered all the while.
 */
@ApplicationScoped
class FailedValidations {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Some 10 MB; beyond, who was turned away here is counted by Redis alone until it fails again. */
    private static final int MOST_TURNED_AWAY = 100_000;

    private static final int IPV6_SUBSCRIBER_BYTES = 8;

    private final RateLimits limits;
    private final PromoConfig config;
    /** Until when, by the process's own clock. */
    private final Map<String, Long> turnedAway = new ConcurrentHashMap<>();

    FailedValidations(RateLimits limits, PromoConfig config) {
        this.limits = limits;
        this.config = config;
    }

    /** Whoever is counted as one: an IPv4 address, or the network of an IPv6 subscriber. */
    static String subject(String address) {
        byte[] bytes = address.indexOf(':') < 0 ? null : ClientAddress.bytes(address);
        return bytes == null
                ? address
                : HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, IPV6_SUBSCRIBER_BYTES));
    }

    /** For how many seconds an address is turned away; 0 where it is not. */
    long secondsLeft(String subject) {
        if (turnedAway.isEmpty()) return 0;
        Long until = turnedAway.get(subject);
        if (until == null) return 0;
        long left = until - System.nanoTime();
        if (left > 0) return left / 1_000_000_000 + 1;
        turnedAway.remove(subject, until);
        return 0;
    }

    /** Counts one failure; the answer tells whether it may still be told of it. */
    Uni<RateLimit> count(String subject) {
        return limits.take("code-failures-all", "all", config.failuresOfAllPerMinute(), MINUTE)
                .chain(all -> limits.take("code-failures", subject, config.failuresPerMinute(), MINUTE)
                        .map(own -> judge(subject, own, all)));
    }

    private RateLimit judge(String subject, RateLimit own, RateLimit all) {
        boolean guessing = !all.allowed();
        if (guessing || !own.allowed() || own.remaining() == 0) turnAway(subject, own.resetSeconds());
        if (!guessing || !own.allowed()) return own;
        return new RateLimit(false, own.policy(), own.limit(), own.window(), 0, own.resetSeconds());
    }

    private void turnAway(String subject, long seconds) {
        if (turnedAway.size() >= MOST_TURNED_AWAY) turnedAway.clear();
        turnedAway.put(subject, System.nanoTime() + Duration.ofSeconds(seconds).toNanos());
    }
}
