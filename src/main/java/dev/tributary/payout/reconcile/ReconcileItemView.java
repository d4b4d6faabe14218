package dev.tributary.payout.reconcile;

import dev.tributary.id.TypeId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One thing in which our books and a provider's list differ, as the API shows it. */
@Schema(name = "ReconcileItem")
public record ReconcileItemView(
        @Schema(examples = "rci_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "stripe") String rail,
        @Schema(
                        examples = "missing_here",
                        enumeration = {"missing_here", "missing_there", "amount", "state"})
                String kind,
        @Schema(
                        examples = "open",
                        enumeration = {"open", "explained", "cleared"})
                String state,
        @Schema(examples = "tr_1PqkGm2eZvKYlo2C", description = "The provider's own id") String transferId,
        @Schema(
                        nullable = true,
                        examples = "pyt_01h455vb4pex5vsknk084sn02q",
                        description = "Null where no payout is meant")
                @Nullable
                String payoutId,
        @Schema(examples = "1200 USD there, 1000 USD here") String detail,
        Instant firstSeenAt,
        Instant lastSeenAt,
        @Schema(nullable = true, description = "When a later comparison found that it is so no longer") @Nullable
                Instant clearedAt,
        @Schema(nullable = true) @Nullable Instant explainedAt,
        @Schema(nullable = true, description = "The account that explained it") @Nullable String explainedBy,
        @Schema(nullable = true, examples = "Paid by hand on the day of the outage, see ticket 4711") @Nullable
                String note) {
    static final List<String> COLUMNS = List.of(
            "id",
            "rail",
            "kind",
            "state",
            "transferId",
            "payoutId",
            "detail",
            "firstSeenAt",
            "lastSeenAt",
            "clearedAt",
            "explainedAt",
            "explainedBy",
            "note");

    static ReconcileItemView read(Row row) {
        UUID payout = row.getUUID("payout_id");
        Instant cleared = moment(row, "cleared_at");
        Instant explained = moment(row, "explained_at");
        return new ReconcileItemView(
                TypeId.RECONCILE_ITEM.format(row.getUUID("id")),
                row.getString("rail"),
                row.getString("kind"),
                cleared != null ? "cleared" : explained != null ? "explained" : "open",
                row.getString("transfer_id"),
                payout == null ? null : TypeId.PAYOUT.format(payout),
                row.getString("detail"),
                row.getOffsetDateTime("first_seen").toInstant(),
                row.getOffsetDateTime("last_seen").toInstant(),
                cleared,
                explained,
                row.getString("explained_by"),
                row.getString("note"));
    }

    private static @Nullable Instant moment(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** By which lists are paged. */
    UUID key() {
        return TypeId.RECONCILE_ITEM.parse(id).orElseThrow();
    }

    List<String> cells() {
        return List.of(
                id,
                rail,
                kind,
                state,
                transferId,
                text(payoutId),
                detail,
                firstSeenAt.toString(),
                lastSeenAt.toString(),
                text(clearedAt),
                text(explainedAt),
                text(explainedBy),
                text(note));
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
