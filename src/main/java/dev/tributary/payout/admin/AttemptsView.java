package dev.tributary.payout.admin;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** All attempts to send one payout, which share one key. */
@Schema(name = "PayoutAttempts")
record AttemptsView(
        @Schema(examples = "tributary-pyt_01h455vb4pex5vsknk084sn02q", description = "What the provider knows them by")
                String reference,
        @Schema(examples = "1") int count,
        @Schema(description = "When the first was claimed") Instant firstAt,
        @Schema(description = "When the bytes of the last one must have left") Instant sendNotAfter,
        @Schema(description = "Whether the last one has no answer yet") boolean open,
        @Schema(description = "Whether any of them may have moved money unknown to us") boolean doubtful,
        @Schema(examples = "0", description = "How many look-ups proved that the provider has none") int absences,
        @Schema(nullable = true) @Nullable Instant absentAt,
        @Schema(nullable = true, examples = "absent", description = "What only a person can decide") @Nullable
                String ask) {
    static @Nullable AttemptsView read(Row row) {
        if (row.getString("key") == null) return null;
        return new AttemptsView(
                row.getString("key"),
                row.getInteger("attempts"),
                Objects.requireNonNull(PayoutView.moment(row, "first_at")),
                Objects.requireNonNull(PayoutView.moment(row, "send_not_after")),
                row.getBoolean("attempt_open"),
                row.getBoolean("doubtful"),
                row.getInteger("absences"),
                PayoutView.moment(row, "absent_at"),
                row.getString("ask"));
    }
}
