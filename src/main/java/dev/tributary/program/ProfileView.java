package dev.tributary.program;

import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.AffiliateStatus;
import dev.tributary.affiliate.Channel;
import dev.tributary.affiliate.PartnerType;
import dev.tributary.affiliate.TaxStatus;
import dev.tributary.id.TypeId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An affiliate as the API shows it to themselves. */
@Schema(name = "Profile")
record ProfileView(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "Ecofluencer") String name,
        @Schema(examples = "eco@example.com") String email,
        @Schema(examples = "DE") String country,
        PartnerType partnerType,
        AffiliateStatus status,
        @Schema(examples = "", description = "Why the status is what it is") String statusReason,
        @Schema(examples = "Eco", description = "What others see, on a leaderboard for instance") String displayName,
        @Schema(description = "Whether to appear on leaderboards") boolean leaderboardOptIn,
        List<Channel> channels,
        @Schema(examples = "Weekly posts about refills") String promotion,
        TaxStatus taxStatus,
        @Schema(description = "The programs you are in, at most 100 of them") List<ProgramLine> programs,
        @Schema(
                        implementation = MembershipView.class,
                        nullable = true,
                        description = "The program that was asked for, or the only one; else null")
                @Nullable
                MembershipView membership,
        Instant createdAt) {
    /** One of the programs. */
    @Schema(name = "ProfileProgram")
    record ProgramLine(
            @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
            @Schema(examples = "Eco Goods") String name,
            @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String enrollmentId,
            Enrollment.Status status) {
        static ProgramLine of(Membership m) {
            return new ProgramLine(
                    TypeId.PROGRAM.format(m.enrollment().programId()),
                    m.programName(),
                    TypeId.ENROLLMENT.format(m.enrollment().id()),
                    m.enrollment().status());
        }
    }

    static ProfileView of(Affiliate a, List<Membership> memberships, @Nullable MembershipView shown) {
        return new ProfileView(
                TypeId.AFFILIATE.format(a.id()),
                a.name(),
                a.email(),
                a.country(),
                a.profile().partnerType(),
                a.status(),
                a.statusReason(),
                a.profile().displayName(),
                a.profile().leaderboardOptIn(),
                a.profile().channels(),
                a.profile().promotion(),
                a.standing().tax(),
                memberships.stream().map(ProgramLine::of).toList(),
                shown,
                a.createdAt());
    }
}
