package dev.tributary.access;

import java.time.Duration;

/**
 * What one request was told about its limit.
 *
 * @param allowed whether it was within
 * @param limit requests in one window
 * @param remaining requests left in this window
 * @param resetSeconds until the window ends and the whole limit is there again, rounded up
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/">RateLimit headers, draft 11</a>
 */
public record RateLimit(boolean allowed, String policy, int limit, Duration window, int remaining, long resetSeconds) {
    public static final String POLICY_HEADER = "RateLimit-Policy";
    public static final String HEADER = "RateLimit";

    static RateLimit of(RateLimits.Policy policy, boolean allowed, long used, long endsInMillis) {
        long left = Math.max(0, policy.limit() - used);
        long seconds = Math.max(1, (endsInMillis + 999) / 1_000);
        return new RateLimit(allowed, policy.name(), policy.limit(), policy.window(), (int) left, seconds);
    }

    /** For example {@code "v1";q=100;w=3600}. */
    public String policyHeader() {
        return "\"%s\";q=%d;w=%d".formatted(policy, limit, window.toSeconds());
    }

    /** For example {@code "v1";r=99;t=3540}. */
    public String header() {
        return "\"%s\";r=%d;t=%d".formatted(policy, remaining, resetSeconds);
    }
}
