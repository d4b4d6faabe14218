package dev.tributary.payout.own;

import dev.tributary.id.TypeId;
import dev.tributary.problem.Problem;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** In which program somebody asks to be paid. */
@Schema(name = "PayoutRequestInput")
record RequestInput(
        @Schema(
                        examples = "prg_01h455vb4pex5vsknk084sn02q",
                        description = "Needed by those who are in several programs")
                @Nullable
                String programId) {
    @Nullable
    UUID program() {
        return program(programId);
    }

    static @Nullable UUID program(@Nullable String text) {
        if (text == null) return null;
        return TypeId.PROGRAM
                .parse(text)
                .orElseThrow(() ->
                        Problem.field("programId", "malformed", "programId starts with " + TypeId.PROGRAM.prefix()));
    }
}
