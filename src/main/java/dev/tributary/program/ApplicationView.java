package dev.tributary.program;

import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.Channel;
import dev.tributary.affiliate.PartnerType;
import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An application as the API shows it to staff. */
@Schema(name = "Application")
record ApplicationView(
        @Schema(examples = "app_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Eco Goods") String programName,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "Ecofluencer") String name,
        @Schema(examples = "eco@example.com") String email,
        @Schema(examples = "DE") String country,
        PartnerType partnerType,
        AffiliateStatus affiliateStatus,
        ApplicationStatus status,
        @Schema(examples = "ECO10", nullable = true, description = "The referral code that was asked for") @Nullable
                String wantedCode,
        List<Channel> channels,
        @Schema(examples = "Weekly posts about refills") String promotion,
        @Schema(examples = "agr_01h455vb4pex5vsknk084sn02q", nullable = true) @Nullable String agreementId,
        @Schema(examples = "1", nullable = true, description = "The number of the accepted version") @Nullable
                Integer termsVersion,
        @Schema(nullable = true) @Nullable Instant acceptedAt,
        KycStatus kycStatus,
        @Schema(examples = "manual", description = "The check, or the account, that said so last") String kycBy,
        @Schema(nullable = true, description = "What the affiliate is told") @Nullable String reason,
        @Schema(nullable = true, description = "The account that decided, or auto") @Nullable String decidedBy,
        @Schema(nullable = true) @Nullable Instant decidedAt,
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q", nullable = true) @Nullable String enrollmentId,
        @Schema(examples = "ECO10", nullable = true, description = "The code that the approval gave") @Nullable
                String referralCode,
        Instant createdAt,
        Instant updatedAt) {
    static ApplicationView of(ApplicationListing listing) {
        Application a = listing.application();
        ApplicationListing.Applicant who = listing.applicant();
        Application.Consent consent = a.consent();
        Application.Verdict verdict = a.verdict();
        return new ApplicationView(
                TypeId.APPLICATION.format(a.id()),
                TypeId.PROGRAM.format(a.programId()),
                listing.programName(),
                TypeId.AFFILIATE.format(a.affiliateId()),
                who.name(),
                who.email(),
                who.country(),
                who.partnerType(),
                who.status(),
                a.status(),
                a.wantedCode(),
                a.form().channels(),
                a.form().promotion(),
                consent == null ? null : TypeId.AGREEMENT.format(consent.agreementId()),
                consent == null ? null : consent.number(),
                consent == null ? null : consent.at(),
                a.kyc(),
                a.kycBy(),
                verdict == null ? null : verdict.reason(),
                verdict == null ? null : verdict.by(),
                verdict == null ? null : verdict.at(),
                listing.enrollmentId() == null ? null : TypeId.ENROLLMENT.format(listing.enrollmentId()),
                listing.referralCode(),
                a.createdAt(),
                a.updatedAt());
    }
}
