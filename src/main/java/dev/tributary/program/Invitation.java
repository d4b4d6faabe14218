package dev.tributary.program;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A way into a program that staff made for one affiliate, good until {@code expiresAt}.
 *
 * @param referralCode the code that is kept for them, or null: one is made
 * @param promoCode the text of their promo code, or null: that of the referral code
 */
record Invitation(
        UUID id,
        UUID programId,
        UUID affiliateId,
        @Nullable String referralCode,
        @Nullable String promoCode,
        Instant expiresAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant revokedAt,
        Instant createdAt,
        Instant updatedAt) {
    /** Two weeks: over a holiday, and no longer than needed. */
    static final Duration GOOD_FOR = Duration.ofDays(14);

    /** What has become of it. */
    @Schema(name = "InvitationStatus")
    public enum Status {
        OPEN,
        ACCEPTED,
        EXPIRED,
        REVOKED;

        /** The word in JSON. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Status status(Instant now) {
        if (acceptedAt != null) return Status.ACCEPTED;
        if (revokedAt != null) return Status.REVOKED;
        return expiresAt.isAfter(now) ? Status.OPEN : Status.EXPIRED;
    }

    /** Whether it may still come to something: an expired one can be renewed. */
    boolean waits() {
        return acceptedAt == null && revokedAt == null;
    }

    Invitation renewed(Instant now) {
        return with(now.plus(GOOD_FOR), null, null, now);
    }

    Invitation accepted(Instant now) {
        return with(expiresAt, now, null, now);
    }

    Invitation revoked(Instant now) {
        return with(expiresAt, null, now, now);
    }

    private Invitation with(Instant expires, @Nullable Instant accepted, @Nullable Instant revoked, Instant now) {
        return new Invitation(
                id, programId, affiliateId, referralCode, promoCode, expires, accepted, revoked, createdAt, now);
    }
}
