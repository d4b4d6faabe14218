package dev.tributary.conversion.track;

import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.conversion.RefundOutcome;
import dev.tributary.conversion.RefundOutcome.Result;
import dev.tributary.conversion.Status;
import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one refund. */
@Schema(name = "RefundOutcome")
record RefundView(
        @Schema(examples = "rfd_01h455vb4pex5vsknk084sn02q") String id,
        RefundKind kind,
        @Schema(examples = "refund-77") String externalId,
        @Schema(examples = "order-10023") String saleExternalId,
        @Schema(
                        examples = "booked",
                        enumeration = {"booked", "waiting"},
                        description = "Waiting: the sale is not there yet, and takes it when it comes")
                String status,
        @Schema(examples = "false", description = "Whether it was known before, so that nothing changed")
                boolean repeated,
        @Schema(examples = "cnv_01h455vb4pex5vsknk084sn02q", nullable = true, description = "The sale") @Nullable
                String conversionId,
        @Schema(nullable = true, description = "What went back with this one") @Nullable Money amount,
        @Schema(nullable = true, description = "What has gone back of the sale in all") @Nullable Money refunded,
        @Schema(nullable = true, description = "Where the sale stands now") @Nullable Status saleStatus) {
    static RefundView of(RefundOutcome outcome) {
        return new RefundView(
                TypeId.REFUND.format(outcome.id()),
                outcome.kind(),
                outcome.externalId(),
                outcome.saleExternalId(),
                outcome.conversionId() == null ? "waiting" : "booked",
                outcome.result() != Result.BOOKED && outcome.result() != Result.WAITING,
                outcome.conversionId() == null ? null : TypeId.CONVERSION.format(outcome.conversionId()),
                outcome.amount(),
                outcome.refunded(),
                outcome.saleStatus());
    }
}
