package dev.tributary.payout.rail.stripe;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.payout.rail.Transfer;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What came back of a payout. */
@Schema(name = "PayoutReversal")
record ReversalView(
        @Schema(examples = "pyt_01h455vb4pex5vsknk084sn02q") String payoutId,
        @Schema(examples = "tr_1MiN3gLkdIwHu7ixNCZvFdgA") String transferId,
        @Schema(description = "By this reversal") Money reversed,
        @Schema(description = "By all reversals of the transfer") Money reversedInAll) {
    static ReversalView of(UUID payout, Money amount, Transfer now) {
        return new ReversalView(
                TypeId.PAYOUT.format(payout), now.id(), amount, new Money(now.reversedMinor(), now.currency()));
    }
}
