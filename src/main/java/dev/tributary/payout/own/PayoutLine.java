package dev.tributary.payout.own;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One commission that a payout is for, with the conversion that earned it. */
@Schema(name = "PayoutLine")
public record PayoutLine(
        @Schema(examples = "cms_01h455vb4pex5vsknk084sn02q") String commissionId,
        @Schema(description = "What stood of it when the payout was made") Money amount,
        @Schema(
                        examples = "conversion",
                        description = "What it was earned with",
                        enumeration = {"conversion", "commission", "milestone", "contest", "adjustment"})
                String source,
        @Schema(examples = "base_rate", description = "The rule that gave it") String rule,
        @Schema(nullable = true, examples = "cnv_01h455vb4pex5vsknk084sn02q") @Nullable String conversionId,
        @Schema(nullable = true, examples = "sale", description = "Of the conversion: lead or sale") @Nullable
                String conversionKind,
        @Schema(nullable = true, description = "What was sold") @Nullable Money revenue,
        @Schema(description = "When it was earned") Instant earnedAt) {
    static PayoutLine read(Row row) {
        UUID conversion = row.getUUID("conversion_id");
        Long sold = row.getLong("sold_minor");
        OffsetDateTime earned = row.getOffsetDateTime("earned_at");
        return new PayoutLine(
                TypeId.COMMISSION.format(row.getUUID("commission_id")),
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                row.getString("source_kind"),
                row.getString("rule"),
                conversion == null ? null : TypeId.CONVERSION.format(conversion),
                row.getString("conversion_kind"),
                sold == null ? null : new Money(sold, row.getString("sold_currency")),
                earned.toInstant());
    }
}
