package dev.tributary.program;

import dev.tributary.affiliate.Channel;
import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An application as the API shows it to who applied: who decided stays with us. */
@Schema(name = "OwnApplication")
record OwnApplicationView(
        @Schema(examples = "app_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Eco Goods") String programName,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        ApplicationStatus status,
        @Schema(nullable = true, description = "Why it was turned down, or what more we want to know") @Nullable
                String reason,
        @Schema(examples = "ECO10", nullable = true) @Nullable String wantedCode,
        List<Channel> channels,
        @Schema(examples = "Weekly posts about refills") String promotion,
        @Schema(examples = "1", nullable = true, description = "The number of the accepted agreement") @Nullable
                Integer termsVersion,
        @Schema(nullable = true) @Nullable Instant acceptedAt,
        KycStatus kycStatus,
        @Schema(nullable = true) @Nullable Instant decidedAt,
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q", nullable = true) @Nullable String enrollmentId,
        @Schema(examples = "ECO10", nullable = true, description = "The code that the approval gave") @Nullable
                String referralCode,
        Instant createdAt,
        Instant updatedAt) {
    static OwnApplicationView of(ApplicationListing listing) {
        Application a = listing.application();
        Application.Consent consent = a.consent();
        Application.Verdict verdict = a.verdict();
        return new OwnApplicationView(
                TypeId.APPLICATION.format(a.id()),
                TypeId.PROGRAM.format(a.programId()),
                listing.programName(),
                TypeId.AFFILIATE.format(a.affiliateId()),
                a.status(),
                verdict == null ? null : verdict.reason(),
                a.wantedCode(),
                a.form().channels(),
                a.form().promotion(),
                consent == null ? null : consent.number(),
                consent == null ? null : consent.at(),
                a.kyc(),
                verdict == null ? null : verdict.at(),
                listing.enrollmentId() == null ? null : TypeId.ENROLLMENT.format(listing.enrollmentId()),
                listing.referralCode(),
                a.createdAt(),
                a.updatedAt());
    }
}
