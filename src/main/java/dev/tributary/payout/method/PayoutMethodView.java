package dev.tributary.payout.method;

import dev.tributary.id.TypeId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A payout method as its owner sees it. */
@Schema(name = "PayoutMethod")
record PayoutMethodView(
        @Schema(examples = "pmt_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "manual") String rail,
        @Schema(examples = "USD", description = "What it takes; nothing is converted") String currency,
        MethodState state,
        @Schema(examples = "****6789", description = "By which people recognise it") String hint,
        @Schema(examples = "", description = "What the provider still wants or why it refuses, or empty") String note,
        @Schema(description = "Whether staff stopped payments to it") boolean blocked,
        Instant createdAt,
        @Schema(nullable = true, description = "Until when it must be confirmed; null where it need not be") @Nullable
                Instant confirmUntil,
        @Schema(nullable = true) @Nullable Instant confirmedAt,
        @Schema(
                        nullable = true,
                        description =
                                "When it came to replace another: payouts wait for the program's cooling period from"
                                        + " then on. Null for a first one, which need not wait")
                @Nullable
                Instant changedAt) {
    static PayoutMethodView of(PayoutMethod m) {
        return new PayoutMethodView(
                TypeId.PAYOUT_METHOD.format(m.id()),
                m.rail(),
                m.currency(),
                m.state(),
                m.hint(),
                m.note(),
                m.isBlocked(),
                m.createdAt(),
                m.confirmUntil(),
                m.confirmedAt(),
                m.changedAt());
    }
}
