package dev.tributary.program;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An affiliate's place in one program as the API shows it to them: code, tier, the way to the next, and the terms. */
@Schema(name = "Membership")
record MembershipView(
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String enrollmentId,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "Eco Goods") String programName,
        Enrollment.Status status,
        @Schema(examples = "ECO10") String referralCode,
        @Schema(nullable = true) @Nullable Instant approvedAt,
        @Schema(nullable = true, description = "The tier you have reached, with its perks; null: none yet") @Nullable
                TierView tier,
        @Schema(
                        nullable = true,
                        description = "The next tier, with what it asks for and its perks; null: there is none")
                @Nullable
                TierView nextTier,
        Progress progress,
        @Schema(nullable = true, description = "The agreement that is valid now; null: the program has none") @Nullable
                Terms agreement) {
    /** What was brought so far, and how much of the way to the next tier that is. */
    @Schema(name = "TierProgress")
    record Progress(
            @Schema(examples = "37", description = "Conversions that earned, of all time") long conversions,
            Money revenue,
            @Schema(
                            examples = "7400",
                            minimum = "0",
                            maximum = "10000",
                            description =
                                    "Basis points of what the next tier asks for, by the requirement that is further off")
                    int shareBps) {}

    /** How one stands to the terms. */
    @Schema(name = "AgreementState")
    record Terms(
            @Schema(examples = "agr_01h455vb4pex5vsknk084sn02q") String agreementId,
            @Schema(examples = "2") int number,
            @Schema(examples = "Partner terms") String title,
            @Schema(nullable = true, description = "null: not accepted yet") @Nullable Instant acceptedAt,
            @Schema(nullable = true, description = "How long you may wait with accepting") @Nullable Instant graceUntil,
            @Schema(description = "Whether you may make new links and keys now") boolean mayCreate) {
        static Terms of(AgreementState state, Instant now) {
            return new Terms(
                    TypeId.AGREEMENT.format(state.agreementId()),
                    state.number(),
                    state.title(),
                    state.acceptedAt(),
                    state.graceUntil(),
                    state.mayCreate(now));
        }
    }

    static MembershipView of(Membership m, TierPath path, TierProgress.Reached reached, Instant now) {
        Enrollment e = m.enrollment();
        return new MembershipView(
                TypeId.ENROLLMENT.format(e.id()),
                TypeId.PROGRAM.format(e.programId()),
                m.programName(),
                e.status(),
                e.referralCode(),
                e.approvedAt(),
                path.current().map(tier -> TierView.of(tier, m.currency())).orElse(null),
                path.next().map(tier -> TierView.of(tier, m.currency())).orElse(null),
                new Progress(
                        reached.conversions(), new Money(reached.revenueMinor(), m.currency()), path.share(reached)),
                m.agreement() == null ? null : Terms.of(m.agreement(), now));
    }
}
