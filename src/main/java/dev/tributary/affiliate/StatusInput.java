package dev.tributary.affiliate;

import dev.tributary.problem.FieldErrors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an affiliate is to become, and why. */
record StatusInput(
        @Nullable AffiliateStatus status,
        @Schema(
                        examples = "Bids on our brand although asked not to",
                        minLength = 1,
                        maxLength = StatusInput.MOST,
                        description = "For the record, and for the affiliate to read")
                @Nullable
                String reason) {
    /** A paragraph; what needs more belongs into a violation's evidence. */
    static final int MOST = 1_000;

    StatusInput checked() {
        FieldErrors errors = new FieldErrors().require(status != null, "status", "required", "status is missing");
        check(reason, errors);
        errors.done();
        return this;
    }

    static void check(@Nullable String reason, FieldErrors errors) {
        errors.require(reason != null && !reason.isBlank(), "reason", "required", "reason is missing")
                .require(
                        reason == null || reason.length() <= MOST,
                        "reason",
                        "too_long",
                        "reason has at most 1,000 characters")
                .require(reason == null || reason.indexOf('\0') < 0, "reason", "malformed", "reason is plain text");
    }
}
