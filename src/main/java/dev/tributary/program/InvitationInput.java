package dev.tributary.program;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.PartnerType;
import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whom staff invite into which program: an affiliate that is there, or somebody new. */
@Schema(name = "InvitationInput")
record InvitationInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q", required = true) @Nullable String programId,
        @Schema(
                        examples = "aff_01h455vb4pex5vsknk084sn02q",
                        description = "An affiliate that is there; else name and email make a new one")
                @Nullable
                String affiliateId,
        @Schema(examples = "Ecofluencer", maxLength = 200) @Nullable String name,
        @Schema(examples = "eco@example.com") @Nullable String email,
        @Schema(examples = "DE", description = "ISO 3166-1 alpha-2") @Nullable String country,
        @Nullable PartnerType partnerType,
        @Schema(examples = "ECO10", description = "Kept for them from now on; made up unless given") @Nullable
                String referralCode,
        @Schema(examples = "ECO10", description = "The text of the promo code; else that of the referral code")
                @Nullable
                String promoCode) {
    /** Throws a problem that names every field that cannot be so. */
    InvitationInput checked() {
        boolean person = name != null || email != null || country != null || partnerType != null;
        new FieldErrors()
                .require(
                        programId != null && TypeId.PROGRAM.parse(programId).isPresent(),
                        "programId",
                        programId == null ? "required" : "malformed",
                        "programId starts with prg_")
                .require(
                        affiliateId == null
                                || TypeId.AFFILIATE.parse(affiliateId).isPresent(),
                        "affiliateId",
                        "malformed",
                        "affiliateId starts with aff_")
                .require(
                        affiliateId == null || !person,
                        "affiliateId",
                        "not_applicable",
                        "Either an affiliate that is there, or a name and an email")
                .require(
                        referralCode == null || ReferralCodes.isCode(referralCode),
                        "referralCode",
                        "malformed",
                        ReferralCodes.WHAT_IS_ONE)
                .require(
                        promoCode == null || ReferralCodes.isCode(promoCode),
                        "promoCode",
                        "malformed",
                        ReferralCodes.WHAT_IS_ONE)
                .done();
        return this;
    }

    UUID program() {
        return TypeId.PROGRAM.parse(requireNonNullElse(programId, "")).orElseThrow();
    }

    @Nullable
    UUID affiliate() {
        return affiliateId == null ? null : TypeId.AFFILIATE.parse(affiliateId).orElseThrow();
    }

    /** Somebody new, pending until they accept. */
    Affiliate person(UUID id, Instant now) {
        return Affiliate.of(
                id,
                requireNonNullElse(name, ""),
                requireNonNullElse(email, ""),
                requireNonNullElse(country, ""),
                AffiliateStatus.PENDING,
                new Affiliate.Profile("", requireNonNullElse(partnerType, PartnerType.OTHER), false, List.of(), ""),
                null,
                now);
    }
}
