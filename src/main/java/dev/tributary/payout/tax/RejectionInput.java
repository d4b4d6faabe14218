package dev.tributary.payout.tax;

import dev.tributary.problem.FieldErrors;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why staff decide so. */
@Schema(name = "TaxReasonInput")
record RejectionInput(
        @Schema(
                        examples = "The number is not the one of this name",
                        minLength = 1,
                        maxLength = RejectionInput.MOST,
                        description = "For the affiliate to read")
                @Nullable
                String reason) {
    static final int MOST = 500;

    String known() {
        check(new FieldErrors(), reason).done();
        return Objects.requireNonNull(reason);
    }

    static FieldErrors check(FieldErrors errors, @Nullable String reason) {
        return errors.require(reason != null && !reason.isBlank(), "reason", "required", "reason is missing")
                .require(
                        reason == null || reason.length() <= MOST,
                        "reason",
                        "too_long",
                        "reason has at most 500 characters")
                .require(reason == null || reason.indexOf('\0') < 0, "reason", "malformed", "reason is plain text");
    }
}
