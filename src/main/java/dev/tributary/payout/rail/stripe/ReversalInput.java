package dev.tributary.payout.rail.stripe;

import dev.tributary.money.Money;
import dev.tributary.problem.FieldErrors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be taken back. */
@Schema(name = "PayoutReversalInput", requiredProperties = "reason")
record ReversalInput(
        @Schema(
                        examples = "tr_1MiN3gLkdIwHu7ixNCZvFdgA",
                        description = "Needed where a payout has more than one transfer")
                @Nullable
                String transferId,
        @Schema(description = "All that is still out, if left out") @Nullable Money amount,
        @Schema(examples = "Paid to the wrong account", maxLength = 300) @Nullable String reason) {
    private static final int MOST = 300;

    ReversalInput checked() {
        new FieldErrors()
                .require(
                        reason != null && !reason.isBlank() && reason.length() <= MOST,
                        "reason",
                        "required",
                        "reason has 1 to 300 characters")
                .require(
                        transferId == null || transferId.matches("tr_[A-Za-z0-9_]{1,100}"),
                        "transferId",
                        "malformed",
                        "transferId starts with tr_")
                .allow(amount == null || amount.amount() > 0, "amount", "out_of_range", "amount is more than 0")
                .done();
        return this;
    }
}
