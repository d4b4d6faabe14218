package dev.tributary.affiliate;

import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An affiliate as the API shows it to staff. */
@Schema(name = "Affiliate")
record AffiliateView(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "Ecofluencer") String name,
        @Schema(examples = "eco@example.com") String email,
        @Schema(examples = "DE") String country,
        AffiliateStatus status,
        @Schema(examples = "", description = "Why the status is what it is") String statusReason,
        @Schema(examples = "Eco", description = "What others see, on a leaderboard for instance") String displayName,
        PartnerType partnerType,
        boolean leaderboardOptIn,
        @Schema(description = "Where they promote, as they say") List<Channel> channels,
        @Schema(examples = "Weekly posts about refills", description = "How they promote, in their own words")
                String promotion,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02r", nullable = true, description = "Who brought them in")
                @Nullable
                String recruiterId,
        TaxStatus taxStatus,
        @Schema(
                        examples = "12",
                        minimum = "0",
                        maximum = "100",
                        nullable = true,
                        description = "Null where nobody has looked yet, which is neither low nor high")
                @Nullable
                Integer fraudScore,
        FraudStatus fraudStatus,
        @Schema(description = "Whether an account of the identity provider signs in as them") boolean bound,
        Instant createdAt,
        Instant updatedAt) {
    static AffiliateView of(Affiliate a) {
        return new AffiliateView(
                TypeId.AFFILIATE.format(a.id()),
                a.name(),
                a.email(),
                a.country(),
                a.status(),
                a.statusReason(),
                a.profile().displayName(),
                a.profile().partnerType(),
                a.profile().leaderboardOptIn(),
                a.profile().channels(),
                a.profile().promotion(),
                a.recruiterId() == null ? null : TypeId.AFFILIATE.format(a.recruiterId()),
                a.standing().tax(),
                a.standing().fraudScore(),
                a.standing().fraud(),
                a.account() != null,
                a.createdAt(),
                a.updatedAt());
    }
}
