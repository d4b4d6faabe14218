package dev.tributary.payout.reconcile;

import dev.tributary.problem.FieldErrors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a difference is as it should be. */
@Schema(name = "ReconcileExplanation")
public record ExplainInput(
        @Schema(
                        required = true,
                        minLength = 1,
                        maxLength = 1000,
                        examples = "Paid by hand on the day of the outage, see ticket 4711",
                        description = "What happened, for whoever audits the books")
                @Nullable
                String note) {
    static final int MOST = 1_000;

    String checked() {
        FieldErrors errors = new FieldErrors();
        boolean there = note != null && !note.isBlank();
        errors.require(there, "note", "required", "A note says what happened")
                .require(
                        note == null || note.length() <= MOST,
                        "note",
                        "too_long",
                        "A note has at most 1,000 characters");
        errors.done();
        return note == null ? "" : note.strip();
    }
}
