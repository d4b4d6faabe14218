package dev.tributary.analytics;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.program.Agreement;
import dev.tributary.program.AgreementState;
import dev.tributary.program.Enrollment;
import dev.tributary.program.Offer;
import dev.tributary.program.TierView;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
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
            @Schema(description = "What they sold for, less refunds") Money revenue,
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
        static @Nullable Terms of(Row row, @Nullable Agreement current, Instant now) {
            if (current == null) return null;
            Long[] accepted = row.getArrayOfLongs("accepted");
            AgreementState state = new AgreementState(
                    current.id(),
                    current.number(),
                    current.title(),
                    current.validFrom(),
                    current.graceUntil(),
                    accepted != null && accepted[0] >= current.number()
                            ? Instant.EPOCH.plus(accepted[1], ChronoUnit.MICROS)
                            : null);
            return new Terms(
                    TypeId.AGREEMENT.format(state.agreementId()),
                    state.number(),
                    state.title(),
                    state.acceptedAt(),
                    state.graceUntil(),
                    state.mayCreate(now));
        }
    }

    /** From a row of {@link ProfileQueries}. */
    static MembershipView of(Row row, Offer offer, Instant now) {
        String currency = row.getString("currency");
        TierPath path = TierPath.of(offer.tiers(), row.getUUID("tier_id"));
        Long[] brought = row.getArrayOfLongs("reached");
        Reached reached = new Reached(brought[0], brought[1]);
        return new MembershipView(
                TypeId.ENROLLMENT.format(row.getUUID("enrollment_id")),
                TypeId.PROGRAM.format(row.getUUID("program_id")),
                row.getString("program_name"),
                Enrollment.Status.of(row.getString("enrollment_status")),
                row.getString("referral_code"),
                moment(row.getOffsetDateTime("approved_at")),
                path.current().map(tier -> TierView.of(tier, currency)).orElse(null),
                path.next().map(tier -> TierView.of(tier, currency)).orElse(null),
                new Progress(reached.conversions(), new Money(reached.revenueMinor(), currency), path.share(reached)),
                Terms.of(row, offer.agreement(), now));
    }

    private static @Nullable Instant moment(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
