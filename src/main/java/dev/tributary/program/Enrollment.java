package dev.tributary.program;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One affiliate in one program.
 *
 * @param referralCode the public code, which is also that of the default link
 * @param promoCode what its default promo code was chosen to be, or null: the text of the referral code
 * @param tierId the tier that it has reached, or null: none
 * @param approvedAt when it first became active, or null where it never was
 */
public record Enrollment(
        UUID id,
        UUID programId,
        UUID affiliateId,
        Status status,
        String referralCode,
        @Nullable String promoCode,
        @Nullable UUID tierId,
        @Nullable Instant approvedAt,
        Instant createdAt,
        Instant updatedAt) {
    /** Only the clicks of active enrollments earn. */
    @Schema(name = "EnrollmentStatus")
    public enum Status {
        PENDING,
        ACTIVE,
        PAUSED,
        SUSPENDED,
        BANNED,
        CLOSED;

        /** The word in JSON and in the database. */
        @com.fasterxml.jackson.annotation.JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Status of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** The same with another status; the first time it is active, it is approved. */
    Enrollment to(Status next, Instant now) {
        Instant approved = approvedAt == null && next == Status.ACTIVE ? now : approvedAt;
        return new Enrollment(
                id, programId, affiliateId, next, referralCode, promoCode, tierId, approved, createdAt, now);
    }

    /** The same in another tier of its program. */
    Enrollment in(@Nullable UUID tier, Instant now) {
        return new Enrollment(
                id, programId, affiliateId, status, referralCode, promoCode, tier, approvedAt, createdAt, now);
    }
}
