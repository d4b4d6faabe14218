package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of each payout that was to be approved. */
@Schema(name = "PayoutOutcomes")
record OutcomesView(
        @Schema(description = "In the order that was asked, or the longest waiting first") List<Outcome> data,
        @Schema(description = "Whether the filter leaves more than were looked at: ask again") boolean more) {
    OutcomesView {
        data = List.copyOf(data);
    }

    /** What became of one. */
    @Schema(name = "PayoutOutcome")
    record Outcome(
            @Schema(examples = "pyt_01h455vb4pex5vsknk084sn02q") String id,
            @Schema(
                            examples = "approved",
                            enumeration = {"approved", "needs_another", "refused"},
                            description = "needs_another: your approval counts, and somebody else must approve too")
                    String outcome,
            @Schema(examples = "conflict", nullable = true, description = "Where refused: the problem's code") @Nullable
                    String code,
            @Schema(
                            examples = "A payout that is paid cannot be approved now",
                            nullable = true,
                            description = "Where refused: why")
                    @Nullable
                    String detail) {
        static Outcome done(UUID id, boolean approved) {
            return new Outcome(TypeId.PAYOUT.format(id), approved ? "approved" : "needs_another", null, null);
        }

        static Outcome refused(UUID id, Problem problem) {
            return new Outcome(
                    TypeId.PAYOUT.format(id), "refused", problem.kind().code(), problem.getMessage());
        }
    }
}
