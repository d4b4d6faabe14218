package dev.tributary.payout.method;

import dev.tributary.problem.FieldErrors;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why staff decide over a payout method. */
@Schema(name = "PayoutMethodReasonInput")
record ReasonInput(
        @Schema(examples = "Reported as stolen by its owner", minLength = 1, maxLength = ReasonInput.MOST) @Nullable
                String reason) {
    static final int MOST = 500;

    String known() {
        new FieldErrors()
                .require(reason != null && !reason.isBlank(), "reason", "required", "reason is missing")
                .require(
                        reason == null || reason.length() <= MOST,
                        "reason",
                        "too_long",
                        "reason has at most 500 characters")
                .require(reason == null || reason.indexOf('\0') < 0, "reason", "malformed", "reason is plain text")
                .done();
        return Objects.requireNonNull(reason);
    }
}
