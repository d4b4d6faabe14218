package dev.tributary.conversion.track;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.IncomingRefund;
import dev.tributary.conversion.IncomingRefund.RefundKind;
import dev.tributary.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Money of a sale went back, or came again. */
@Schema(name = "RefundInput")
public record RefundInput(
        @Schema(
                        examples = "refund-77",
                        required = true,
                        description = "The merchant's id of this refund; one a program for ever")
                @Nullable
                String externalId,
        @Schema(examples = "order-10023", required = true, description = "The externalId of the sale or lead") @Nullable
                String saleExternalId,
        @Schema(implementation = Money.class, description = "All that is left unless given") @Nullable JsonNode amount,
        @Schema(description = "refund unless given") @Nullable RefundKind kind,
        @Schema(examples = "2026-11-21T09:30:00Z", description = "Now unless given") @Nullable String occurredAt) {
    public IncomingRefund incoming(EventFields fields, UUID program) {
        String external = fields.required("externalId", externalId, Incoming.MOST_CHARACTERS);
        String sale = fields.required("saleExternalId", saleExternalId, Incoming.MOST_CHARACTERS);
        Money back = fields.money("amount", amount, false);
        Instant at = fields.occurredAt("occurredAt", occurredAt);
        fields.done();
        return new IncomingRefund(program, kind == null ? RefundKind.REFUND : kind, external, sale, back, at);
    }
}
