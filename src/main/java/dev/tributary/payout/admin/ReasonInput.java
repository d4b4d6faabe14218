package dev.tributary.payout.admin;

import dev.tributary.problem.FieldErrors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why staff decide as they do. */
@Schema(name = "PayoutReasonInput")
record ReasonInput(@Schema(examples = "Their invoice is missing", maxLength = 500) @Nullable String reason) {
    /** As long as a payout's history keeps it. */
    static final int LONGEST = 500;

    /** Where a reason is needed. */
    String given() {
        FieldErrors errors = new FieldErrors()
                .require(reason != null && !reason.isBlank(), "reason", "required", "A reason is needed");
        check(reason, errors);
        errors.done();
        return reason == null ? "" : reason;
    }

    /** Where one may be left out. */
    String orEmpty() {
        FieldErrors errors = new FieldErrors();
        check(reason, errors);
        errors.done();
        return reason == null ? "" : reason;
    }

    static void check(@Nullable String text, FieldErrors errors) {
        errors.require(
                        text == null || text.length() <= LONGEST,
                        "reason",
                        "too_long",
                        "reason has at most " + LONGEST + " characters")
                .require(
                        text == null || text.indexOf('\0') < 0,
                        "reason",
                        "malformed",
                        "reason holds no character U+0000");
    }
}
