package dev.tributary.affiliate;

import dev.tributary.problem.FieldErrors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a person is erased. */
record ErasureInput(
        @Schema(
                        examples = "Asked for by letter, case 4711",
                        minLength = 1,
                        maxLength = StatusInput.MOST,
                        description = "Stays on record: no names and no addresses")
                @Nullable
                String reason) {
    ErasureInput checked() {
        FieldErrors errors = new FieldErrors();
        StatusInput.check(reason, errors);
        errors.done();
        return this;
    }
}
