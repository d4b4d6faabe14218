package dev.tributary.access;

import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An API key as its owner sees it. */
@Schema(name = "ApiKey")
public record ApiKeyView(
        @Schema(examples = "key_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "Shop back end") String name,
        @Schema(examples = "trk_Zk3v9A", description = "How the secret begins, to tell keys apart") String hint,
        @Schema(description = "What a program's key may do; empty for an affiliate's, which reads its own figures")
                List<String> scopes,
        @Schema(
                        examples = "active",
                        enumeration = {"active", "expiring", "expired", "disabled", "revoked"},
                        description = "expiring: rotated, works until expiresAt; disabled: its owner is suspended")
                String status,
        @Schema(examples = "2026-11-21T09:30:00Z") Instant createdAt,
        @Schema(examples = "2026-11-22T09:30:00Z", nullable = true) @Nullable Instant expiresAt,
        @Schema(examples = "2026-11-21T10:15:00Z", nullable = true, description = "To the minute") @Nullable
                Instant lastUsedAt,
        @Schema(nullable = true) @Nullable Instant revokedAt) {
    public static ApiKeyView of(ApiKey key, Instant now) {
        return new ApiKeyView(
                TypeId.API_KEY.format(key.id()),
                key.name(),
                key.hint(),
                key.scopes().stream().sorted().toList(),
                status(key, now),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.revokedAt());
    }

    private static String status(ApiKey key, Instant now) {
        if (key.revokedAt() != null) return "revoked";
        if (!key.liveAt(now)) return "expired";
        if (key.disabledAt() != null) return "disabled";
        return key.expiresAt() == null ? "active" : "expiring";
    }
}
