package dev.tributary.access;

import dev.tributary.id.TypeId;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A key as the cache has it: with the identity of whoever shows it, made once. */
final class KnownKey {
    /** A row written for each request would cost more than most requests. */
    static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

    private final ApiKey key;
    private final SecurityIdentity identity;
    private final AtomicLong usedMillis;

    KnownKey(ApiKey key) {
        this.key = key;
        identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(TypeId.API_KEY.format(key.id())))
                .addRoles(key.roles())
                .addAttribute(Caller.KEY, key)
                .build();
        usedMillis = new AtomicLong(
                key.lastUsedAt() == null ? Long.MIN_VALUE / 2 : key.lastUsedAt().toEpochMilli());
    }

    ApiKey key() {
        return key;
    }

    SecurityIdentity identity() {
        return identity;
    }

    /** Whether this use is to be written: true for one caller in a minute. */
    boolean usedAt(Instant now) {
        long last = usedMillis.get();
        long millis = now.toEpochMilli();
        // A clock that was ahead and is set back must not silence it for as long.
        boolean due = Math.abs(millis - last) >= USE_WRITTEN_EVERY.toMillis();
        return due && usedMillis.compareAndSet(last, millis);
    }
}
