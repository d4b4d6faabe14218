package dev.tributary.program;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An enrollment as the API shows it. */
@Schema(name = "Enrollment")
record EnrollmentView(
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String id,
        String programId,
        String affiliateId,
        Enrollment.Status status,
        @Schema(examples = "ECO10") String referralCode,
        @Schema(examples = "ECO10", nullable = true, description = "Chosen for it; null: the text of the referral code")
                @Nullable
                String promoCode,
        @Schema(examples = "tir_01h455vb4pex5vsknk084sn02q", nullable = true) @Nullable String tierId,
        @Schema(nullable = true, description = "When it first became active; null where it never was") @Nullable
                Instant approvedAt,
        Instant createdAt,
        Instant updatedAt) {
    static EnrollmentView of(Enrollment e) {
        return new EnrollmentView(
                TypeId.ENROLLMENT.format(e.id()),
                TypeId.PROGRAM.format(e.programId()),
                TypeId.AFFILIATE.format(e.affiliateId()),
                e.status(),
                e.referralCode(),
                e.promoCode(),
                e.tierId() == null ? null : TypeId.TIER.format(e.tierId()),
                e.approvedAt(),
                e.createdAt(),
                e.updatedAt());
    }
}
