package dev.tributary.payout.own;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A payout as the affiliate sees it who is paid. What staff think while it waits stays among staff. */
@Schema(name = "OwnPayout")
record OwnPayoutView(
        @Schema(examples = "pyt_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(
                        examples = "monthly",
                        enumeration = {"monthly", "daily", "manual", "request"})
                String kind,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        examples = "paid",
                        enumeration = {"requested", "approved", "submitted", "paid", "failed", "canceled", "returned"},
                        description = "submitted: on its way, or being looked into with the provider")
                String status,
        @Schema(description = "Whether staff keep it back for now") boolean held,
        @Schema(nullable = true, examples = "account_closed", description = "Why it failed or was canceled") @Nullable
                String reason,
        @Schema(examples = "stripe") String rail,
        @Schema(nullable = true, examples = "****6789", description = "What is shown of where it goes") @Nullable
                String destination,
        @Schema(description = "What is taken from your balance") Money gross,
        Money fee,
        @Schema(description = "Kept back for the tax authority") Money withheld,
        @Schema(description = "What is sent to you") Money net,
        @Schema(description = "What came back since, of what was sent") Money returned,
        Instant createdAt,
        @Schema(nullable = true) @Nullable Instant submittedAt,
        @Schema(nullable = true) @Nullable Instant paidAt,
        @Schema(nullable = true) @Nullable Instant endedAt) {
    static final List<String> STATUSES =
            List.of("requested", "approved", "submitted", "paid", "failed", "canceled", "returned");

    private static final String ON_ITS_WAY = "submitted";
    private static final String LOOKED_INTO = "unknown";

    static final Csv<Line> CSV = new Csv<>(
            List.of(
                    "id",
                    "kind",
                    "programId",
                    "status",
                    "reason",
                    "rail",
                    "currency",
                    "gross",
                    "fee",
                    "withheld",
                    "net",
                    "returned",
                    "createdAt",
                    "paidAt",
                    "endedAt"),
            line -> line.view().cells());

    /** With the id by which its list goes on. */
    record Line(UUID id, OwnPayoutView view) {}

    private List<String> cells() {
        return List.of(
                id,
                kind,
                programId,
                status,
                Objects.toString(reason, ""),
                rail,
                gross.currency(),
                Long.toString(gross.amount()),
                Long.toString(fee.amount()),
                Long.toString(withheld.amount()),
                Long.toString(net.amount()),
                Long.toString(returned.amount()),
                createdAt.toString(),
                Objects.toString(paidAt, ""),
                Objects.toString(endedAt, ""));
    }

    /** The words of the database that a word of ours stands for. */
    static List<String> states(String status) {
        return status.equals(ON_ITS_WAY) ? List.of(ON_ITS_WAY, LOOKED_INTO) : List.of(status);
    }

    static OwnPayoutView read(Row row) {
        String currency = row.getString("currency");
        long gross = row.getLong("gross_minor");
        long fee = row.getLong("fee_minor");
        long withheld = row.getLong("withheld_minor");
        String state = row.getString("state");
        String reason = row.getString("reason");
        return new OwnPayoutView(
                TypeId.PAYOUT.format(row.getUUID("id")),
                row.getString("kind"),
                TypeId.PROGRAM.format(row.getUUID("program_id")),
                state.equals(LOOKED_INTO) ? ON_ITS_WAY : state,
                row.getBoolean("held"),
                reason.isEmpty() ? null : reason,
                row.getString("rail"),
                row.getString("hint"),
                new Money(gross, currency),
                new Money(fee, currency),
                new Money(withheld, currency),
                new Money(gross - fee - withheld, currency),
                new Money(row.getLong("returned_minor"), currency),
                row.getOffsetDateTime("created_at").toInstant(),
                moment(row, "submitted_at"),
                moment(row, "paid_at"),
                moment(row, "ended_at"));
    }

    private static @Nullable Instant moment(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
