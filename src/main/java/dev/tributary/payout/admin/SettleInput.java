package dev.tributary.payout.admin;

import dev.tributary.problem.FieldErrors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody found out with the provider: a payout in doubt has left, under this id. */
@Schema(name = "PayoutSettleInput")
record SettleInput(
        @Schema(examples = "pay_8231", maxLength = 255, description = "The provider's own id of the transfer") @Nullable
                String transferId,
        @Schema(examples = "Seen in the provider's console", maxLength = 500) @Nullable String reason) {
    private static final int LONGEST_ID = 255;

    SettleInput checked() {
        String id = transferId == null ? "" : transferId;
        FieldErrors errors = new FieldErrors()
                .require(!id.isBlank(), "transferId", "required", "transferId is missing")
                .require(
                        id.length() <= LONGEST_ID && id.chars().noneMatch(Character::isISOControl),
                        "transferId",
                        "malformed",
                        "transferId is one line of at most 255 characters");
        ReasonInput.check(reason, errors);
        errors.done();
        return this;
    }

    String id() {
        return transferId == null ? "" : transferId;
    }

    String why() {
        return reason == null ? "" : reason;
    }
}
