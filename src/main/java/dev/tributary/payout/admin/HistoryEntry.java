package dev.tributary.payout.admin;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One change of a payout. */
@Schema(name = "PayoutHistoryEntry")
record HistoryEntry(
        @Schema(examples = "2", description = "Counts from 1") int number,
        @Schema(nullable = true, examples = "requested", description = "null: it was made") @Nullable String from,
        @Schema(examples = "approved") String to,
        @Schema(examples = "Known for years") String reason,
        @Schema(
                        examples = "3f0c2a52-8f1e-4d0b-9a55-1f2f5c0c9a11",
                        description = "An account, or what did it, such as run, dispatch or provider")
                String actor,
        Instant at) {
    static HistoryEntry read(Row row) {
        return new HistoryEntry(
                row.getInteger("number"),
                row.getString("from_state"),
                row.getString("to_state"),
                row.getString("reason"),
                row.getString("actor"),
                row.getOffsetDateTime("at").toInstant());
    }
}
