package dev.tributary.payout.tax;

import dev.tributary.id.TypeId;
import dev.tributary.problem.FieldErrors;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** That the tax office told a program to withhold from somebody, or that this is over. */
@Schema(name = "TaxNoticeInput")
record NoticeInput(
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") @Nullable String programId,
        @Schema(description = "Whether to withhold from now on") @Nullable Boolean withhold,
        @Schema(examples = "CP2100 of 2026-10-15", minLength = 1, maxLength = RejectionInput.MOST) @Nullable
                String reason) {
    NoticeInput checked() {
        FieldErrors errors = new FieldErrors()
                .require(
                        programId != null && TypeId.PROGRAM.parse(programId).isPresent(),
                        "programId",
                        "malformed",
                        "programId starts with " + TypeId.PROGRAM.prefix())
                .require(withhold != null, "withhold", "required", "withhold is missing");
        RejectionInput.check(errors, reason).done();
        return this;
    }

    UUID program() {
        return TypeId.PROGRAM.parse(Objects.requireNonNull(programId)).orElseThrow();
    }
}
