package dev.tributary.commission;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A commission with the arithmetic that led to it, as staff and its affiliate see it. */
@Schema(name = "BookedCommission")
record BookedView(
        @Schema(examples = "cms_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String enrollmentId,
        Status status,
        @Schema(description = "What stands of it") Money amount,
        @Schema(description = "What it was computed as") Money computed,
        @Schema(description = "What was taken back, after refunds for example") Money reversed,
        @Schema(
                        examples = "conversion",
                        description = "What it was earned with",
                        enumeration = {"conversion", "commission", "milestone", "contest", "adjustment"})
                String source,
        @Schema(examples = "base_rate", description = "The rule that gave it") String rule,
        @Schema(examples = "0", description = "Of a recruiter, how many steps away the affiliate is") int level,
        @Schema(nullable = true, examples = "cnv_01h455vb4pex5vsknk084sn02q") @Nullable String conversionId,
        @Schema(examples = "1", description = "Which decision about the conversion it follows") int decision,
        @Schema(nullable = true, description = "Why a person held, refused or gave it") @Nullable String reason,
        @Schema(nullable = true, description = "How the amount came to be") @Nullable Arithmetic arithmetic,
        Instant earnedAt,
        @Schema(description = "When it becomes payable by itself") Instant releaseAt,
        @Schema(nullable = true) @Nullable Instant paidAt) {
    static final List<String> STATUSES =
            java.util.Arrays.stream(Status.values()).map(Status::word).toList();

    static final Csv<Line> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "affiliateId",
                    "status",
                    "amount",
                    "computed",
                    "reversed",
                    "currency",
                    "source",
                    "rule",
                    "level",
                    "conversionId",
                    "reason",
                    "earnedAt",
                    "releaseAt",
                    "paidAt"),
            one -> cells(one.view()));

    /** With the id by which its list goes on. */
    record Line(UUID id, BookedView view) {}

    private static List<String> cells(BookedView v) {
        return List.of(
                v.id,
                v.programId,
                v.affiliateId,
                v.status.word(),
                Long.toString(v.amount.amount()),
                Long.toString(v.computed.amount()),
                Long.toString(v.reversed.amount()),
                v.amount.currency(),
                v.source,
                v.rule,
                Integer.toString(v.level),
                Objects.requireNonNullElse(v.conversionId, ""),
                Objects.requireNonNullElse(v.reason, ""),
                v.earnedAt.toString(),
                v.releaseAt.toString(),
                Objects.toString(v.paidAt, ""));
    }

    /** As its affiliate sees it: why it is being looked into stays among staff until that is over. */
    BookedView forAffiliate() {
        if (status != Status.HELD) return this;
        return new BookedView(
                id,
                programId,
                affiliateId,
                enrollmentId,
                status,
                amount,
                computed,
                reversed,
                source,
                rule,
                level,
                conversionId,
                decision,
                null,
                arithmetic,
                earnedAt,
                releaseAt,
                paidAt);
    }

    static BookedView of(Commission c, @Nullable String reason, @Nullable Arithmetic arithmetic) {
        return new BookedView(
                TypeId.COMMISSION.format(c.id()),
                TypeId.PROGRAM.format(c.programId()),
                TypeId.AFFILIATE.format(c.member().affiliateId()),
                TypeId.ENROLLMENT.format(c.member().enrollmentId()),
                c.status(),
                new Money(c.amountMinor(), c.currency()),
                new Money(c.grossMinor(), c.currency()),
                new Money(c.reversedMinor(), c.currency()),
                c.source().kind(),
                c.rule(),
                c.level(),
                c.conversionId() == null ? null : TypeId.CONVERSION.format(c.conversionId()),
                c.decision(),
                reason,
                arithmetic,
                c.earnedAt(),
                c.releaseAt(),
                c.paidAt());
    }
}
