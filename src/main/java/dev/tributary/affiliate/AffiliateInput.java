package dev.tributary.affiliate;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an affiliate is made from or changed to: in a change, fields left out stay, and status and recruiter are refused. */
record AffiliateInput(
        @Schema(examples = "Ecofluencer") @Nullable String name,
        @Schema(examples = "eco@example.com") @Nullable String email,
        @Schema(description = "Pending or active; active unless told otherwise. Changed by its own operation") @Nullable
                AffiliateStatus status,
        @Schema(examples = "DE", description = "ISO 3166-1 alpha-2") @Nullable String country,
        @Schema(examples = "Eco", maxLength = 100) @Nullable String displayName,
        @Nullable PartnerType partnerType,
        @Nullable Boolean leaderboardOptIn,
        @Schema(maxItems = 20) @Nullable List<Channel> channels,
        @Schema(examples = "Weekly posts about refills", maxLength = 2000) @Nullable String promotion,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r", description = "Who brought them in; never changes")
                @Nullable
                String recruiterId,
        @Schema(description = "As found by hand") @Nullable TaxStatus taxStatus,
        @Schema(description = "As found by hand") @Nullable FraudStatus fraudStatus) {
    Affiliate make(UUID id, Instant now) {
        AffiliateStatus first = requireNonNullElse(status, AffiliateStatus.ACTIVE);
        if (first != AffiliateStatus.ACTIVE && first != AffiliateStatus.PENDING)
            throw Problem.field("status", "unknown_value", "A new affiliate is pending or active");
        UUID recruiter = recruiterId == null
                ? null
                : TypeId.AFFILIATE
                        .parse(recruiterId)
                        .orElseThrow(() -> Problem.field("recruiterId", "malformed", "recruiterId starts with aff_"));
        Affiliate.Profile profile = over(Affiliate.Profile.EMPTY);
        Affiliate made = Affiliate.of(
                id,
                requireNonNullElse(name, ""),
                requireNonNullElse(email, ""),
                requireNonNullElse(country, ""),
                first,
                profile,
                recruiter,
                now);
        return made.with(made.name(), made.email(), made.country(), profile, over(made.standing()), now);
    }

    /** The parts that have an operation of their own, or never change, are not for here. */
    AffiliateInput asChange() {
        if (status != null)
            throw Problem.field("status", "read_only", "status changes by POST .../status, which asks for a reason");
        if (recruiterId != null)
            throw Problem.field("recruiterId", "read_only", "recruiterId of an affiliate cannot change");
        return this;
    }

    Affiliate over(Affiliate old, Instant now) {
        return old.with(
                requireNonNullElse(name, old.name()),
                requireNonNullElse(email, old.email()),
                requireNonNullElse(country, old.country()),
                over(old.profile()),
                over(old.standing()),
                now);
    }

    private Affiliate.Profile over(Affiliate.Profile old) {
        return new Affiliate.Profile(
                requireNonNullElse(displayName, old.displayName()),
                requireNonNullElse(partnerType, old.partnerType()),
                requireNonNullElse(leaderboardOptIn, old.leaderboardOptIn()),
                requireNonNullElse(channels, old.channels()),
                requireNonNullElse(promotion, old.promotion()));
    }

    private Affiliate.Standing over(Affiliate.Standing old) {
        return new Affiliate.Standing(
                requireNonNullElse(taxStatus, old.tax()),
                old.fraudScore(),
                requireNonNullElse(fraudStatus, old.fraud()));
    }
}
