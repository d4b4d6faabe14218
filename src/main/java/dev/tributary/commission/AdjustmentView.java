package dev.tributary.commission;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import dev.tributary.problem.FieldErrors;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An adjustment as staff see it. */
@Schema(name = "Adjustment")
record AdjustmentView(
        @Schema(examples = "adj_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String enrollmentId,
        @Schema(description = "Less than 0 takes") Money amount,
        String reason,
        Adjustment.State status,
        @Schema(description = "The account that proposed it") String proposedBy,
        @Schema(nullable = true, description = "The account that approved or rejected it") @Nullable String decidedBy,
        @Schema(nullable = true) @Nullable Instant decidedAt,
        Instant createdAt) {
    static final Csv<AdjustmentView> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "affiliateId",
                    "enrollmentId",
                    "amount",
                    "currency",
                    "reason",
                    "status",
                    "proposedBy",
                    "decidedBy",
                    "decidedAt",
                    "createdAt"),
            a -> List.of(
                    a.id(),
                    a.programId(),
                    a.affiliateId(),
                    a.enrollmentId(),
                    Long.toString(a.amount().amount()),
                    a.amount().currency(),
                    a.reason(),
                    a.status().word(),
                    a.proposedBy(),
                    Objects.toString(a.decidedBy(), ""),
                    Objects.toString(a.decidedAt(), ""),
                    a.createdAt().toString()));

    static AdjustmentView of(Adjustment a) {
        return new AdjustmentView(
                TypeId.ADJUSTMENT.format(a.id()),
                TypeId.PROGRAM.format(a.programId()),
                TypeId.AFFILIATE.format(a.member().affiliateId()),
                TypeId.ENROLLMENT.format(a.member().enrollmentId()),
                new Money(a.amountMinor(), a.currency()),
                a.reason(),
                a.status(),
                a.proposedBy(),
                a.decidedBy(),
                a.decidedAt(),
                a.createdAt());
    }

    /** A proposal. */
    @Schema(name = "AdjustmentInput")
    record Input(
            @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") @Nullable String programId,
            @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") @Nullable String affiliateId,
            @Schema(description = "In the program's currency; less than 0 takes, which may make a debt") @Nullable
                    Money amount,
            @Schema(
                            examples = "A sale of October was not tracked",
                            maxLength = 1000,
                            description = "The affiliate reads it")
                    @Nullable
                    String reason) {
        private static final long MOST_MONEY = 1_000_000_000_000L;

        Input checked() {
            new FieldErrors()
                    .require(id(programId, TypeId.PROGRAM), "programId", "malformed", "programId starts with prg_")
                    .require(
                            id(affiliateId, TypeId.AFFILIATE),
                            "affiliateId",
                            "malformed",
                            "affiliateId starts with aff_")
                    .require(amount != null, "amount", "required", "amount is missing")
                    .allow(
                            amount == null
                                    || amount.amount() != 0
                                            && Math.abs(amount.amount()) <= MOST_MONEY
                                            && amount.amount() != Long.MIN_VALUE,
                            "amount",
                            "out_of_range",
                            "amount is not 0 and at most " + MOST_MONEY + " minor units either way")
                    .require(reason != null && !reason.isBlank(), "reason", "required", "A reason is needed")
                    .require(
                            reason == null || reason.length() <= 1_000,
                            "reason",
                            "too_long",
                            "reason has at most 1,000 characters")
                    .require(
                            reason == null || reason.indexOf('\0') < 0,
                            "reason",
                            "malformed",
                            "reason holds no character U+0000")
                    .done();
            return this;
        }

        private static boolean id(@Nullable String text, TypeId kind) {
            return text != null && kind.parse(text).isPresent();
        }
    }
}
