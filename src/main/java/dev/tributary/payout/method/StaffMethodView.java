package dev.tributary.payout.method;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A payout method as staff see it: never the destination itself. */
@Schema(name = "StaffPayoutMethod")
record StaffMethodView(
        @Schema(examples = "pmt_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "manual") String rail,
        @Schema(examples = "USD") String currency,
        MethodState state,
        @Schema(examples = "****6789") String hint,
        @Schema(examples = "") String note,
        @Schema(examples = "f0e1d2c3", description = "The account that chose it") String chosenBy,
        Instant createdAt,
        @Schema(nullable = true) @Nullable Instant confirmUntil,
        @Schema(nullable = true, description = "The account that confirmed it") @Nullable String confirmedBy,
        @Schema(nullable = true) @Nullable Instant confirmedAt,
        @Schema(nullable = true, description = "When it came to replace another") @Nullable Instant changedAt,
        @Schema(nullable = true) @Nullable Instant blockedAt,
        @Schema(nullable = true) @Nullable String blockReason,
        @Schema(examples = "0", description = "How many other affiliates are paid to the same destination")
                long otherAffiliates) {
    static StaffMethodView of(PayoutMethod m, long others) {
        return new StaffMethodView(
                TypeId.PAYOUT_METHOD.format(m.id()),
                TypeId.AFFILIATE.format(m.affiliateId()),
                m.rail(),
                m.currency(),
                m.state(),
                m.hint(),
                m.note(),
                m.chosenBy(),
                m.createdAt(),
                m.confirmUntil(),
                m.confirmedBy(),
                m.confirmedAt(),
                m.changedAt(),
                m.blockedAt(),
                m.blockReason(),
                others);
    }
}
