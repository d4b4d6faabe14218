package dev.tributary.affiliate;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one affiliate of a bulk change. */
@Schema(name = "StatusOutcome")
record StatusOutcome(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(
                        examples = "changed",
                        enumeration = {"changed", "unchanged", "refused"})
                String outcome,
        @Schema(examples = "conflict", nullable = true, description = "Where refused: the problem's code") @Nullable
                String code,
        @Schema(
                        examples = "A closed affiliate cannot become active",
                        nullable = true,
                        description = "Where refused: why")
                @Nullable
                String detail) {
    static StatusOutcome of(Affiliate before, Affiliate after) {
        return of(before.id(), before == after ? "unchanged" : "changed", null, null);
    }

    static StatusOutcome refused(UUID id, Problem problem) {
        return of(id, "refused", problem.kind().code(), problem.getMessage());
    }

    private static StatusOutcome of(UUID id, String outcome, @Nullable String code, @Nullable String detail) {
        return new StatusOutcome(TypeId.AFFILIATE.format(id), outcome, code, detail);
    }
}
