package dev.tributary.analytics.live;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By what somebody looks at live earnings.
 *
 * @param keyId the API key; null where it is an access token
 * @param endsAt when the key or token runs out; null where it does not
 */
record Holder(UUID affiliateId, @Nullable UUID keyId, @Nullable Instant endsAt) {
    boolean endedBy(Instant now) {
        return endsAt != null && !endsAt.isAfter(now);
    }
}
