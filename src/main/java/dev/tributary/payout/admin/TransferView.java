package dev.tributary.payout.admin;

import dev.tributary.money.Money;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a provider told of one transfer. */
@Schema(name = "PayoutTransfer")
record TransferView(
        @Schema(examples = "tr_1Qabc", description = "The provider's own id") String id,
        @Schema(
                        examples = "done",
                        enumeration = {"pending", "done", "failed"})
                String status,
        Money moved,
        @Schema(description = "How much of it came back so far") Money reversed,
        @Schema(nullable = true, examples = "account_closed", description = "The provider's word for why it failed")
                @Nullable
                String code,
        @Schema(description = "When the provider says that this was so") Instant asOf) {
    static TransferView read(Row row) {
        String currency = row.getString("currency");
        String code = row.getString("code");
        return new TransferView(
                row.getString("transfer_id"),
                row.getString("status"),
                new Money(row.getLong("moved_minor"), currency),
                new Money(row.getLong("reversed_minor"), currency),
                code.isEmpty() ? null : code,
                row.getOffsetDateTime("as_of").toInstant());
    }
}
