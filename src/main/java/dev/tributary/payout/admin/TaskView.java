package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something about payouts that a person has to decide or look at. */
@Schema(name = "PayoutTask")
record TaskView(
        @Schema(examples = "ptk_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(
                        nullable = true,
                        examples = "pyt_01h455vb4pex5vsknk084sn02q",
                        description = "null: it is about a rail, or a transfer that belongs to no payout")
                @Nullable
                String payoutId,
        @Schema(
                        examples = "doubt",
                        description =
                                "approve, held, doubt, absent, confirm, out_of_funds, rail_down, key_reused, mismatch, overpaid, not_sent_by_us")
                String ask,
        @Schema(examples = "The provider did not answer") String detail,
        Instant openedAt,
        @Schema(nullable = true, description = "null: it is open") @Nullable Instant closedAt,
        @Schema(nullable = true, description = "The account that closed it, or what did") @Nullable String closedBy,
        @Schema(nullable = true) @Nullable String note) {
    static final Csv<Line> CSV = new Csv<>(
            List.of("id", "payoutId", "ask", "detail", "openedAt", "closedAt", "closedBy", "note"),
            line -> line.view().cells());

    /** With the id by which its list goes on, and the payout's. */
    record Line(UUID id, @Nullable UUID payoutId, TaskView view) {}

    private List<String> cells() {
        return List.of(
                id,
                Objects.toString(payoutId, ""),
                ask,
                detail,
                openedAt.toString(),
                Objects.toString(closedAt, ""),
                Objects.toString(closedBy, ""),
                Objects.toString(note, ""));
    }

    boolean isOpen() {
        return closedAt == null;
    }

    /** The same, closed. */
    TaskView closed(Instant at, String by, String why) {
        return new TaskView(id, payoutId, ask, detail, openedAt, at, by, why);
    }

    static TaskView read(Row row) {
        UUID payout = row.getUUID("payout_id");
        return new TaskView(
                TypeId.PAYOUT_TASK.format(row.getUUID("id")),
                payout == null ? null : TypeId.PAYOUT.format(payout),
                row.getString("ask"),
                row.getString("detail"),
                row.getOffsetDateTime("opened_at").toInstant(),
                PayoutView.moment(row, "closed_at"),
                row.getString("closed_by"),
                row.getString("note"));
    }
}
