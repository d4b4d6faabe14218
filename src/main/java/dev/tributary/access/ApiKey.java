package dev.tributary.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One API key, without its secret.
 *
 * @param hint how its secret begins, for people to tell keys apart
 * @param scopes what a program's key may do; empty for an affiliate's
 * @param expiresAt set by a rotation: until then the old key works beside the new one
 * @param disabledAt since when its owner is suspended
 */
public record ApiKey(
        UUID id,
        KeyOwner owner,
        UUID ownerId,
        String name,
        String hint,
        Set<String> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable Instant disabledAt) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it has neither been revoked nor run out; it may still be disabled. */
    public boolean liveAt(Instant moment) {
        return revokedAt == null && (expiresAt == null || expiresAt.isAfter(moment));
    }

    /** Whether a request that shows it at this moment is let in. */
    public boolean opensAt(Instant moment) {
        return liveAt(moment) && disabledAt == null;
    }

    /** What it may do. */
    Set<String> roles() {
        return owner == KeyOwner.AFFILIATE ? Set.of(KeyOwner.AFFILIATE_ROLE) : scopes;
    }
}
