package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whose affiliates are to be paid now. */
@Schema(name = "PayoutRunInput")
record RunInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") @Nullable String programId,
        @Schema(description = "Whether to tell what a run would come to, and write nothing; false unless given")
                @Nullable
                Boolean dryRun) {
    UUID program() {
        if (programId == null) throw Problem.field("programId", "required", "programId is missing");
        return TypeId.PROGRAM
                .parse(programId)
                .orElseThrow(() ->
                        Problem.field("programId", "malformed", "programId starts with " + TypeId.PROGRAM.prefix()));
    }

    boolean isDry() {
        return Boolean.TRUE.equals(dryRun);
    }
}
