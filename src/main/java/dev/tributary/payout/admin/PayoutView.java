package dev.tributary.payout.admin;

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

/** A payout as staff see it. */
@Schema(name = "Payout")
record PayoutView(
        @Schema(examples = "pyt_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(
                        nullable = true,
                        examples = "prn_01h455vb4pex5vsknk084sn02q",
                        description = "The run that made it; null where the affiliate asked for it")
                @Nullable
                String runId,
        @Schema(
                        examples = "monthly",
                        enumeration = {"monthly", "daily", "manual", "request"})
                String kind,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(examples = "enr_01h455vb4pex5vsknk084sn02q") String enrollmentId,
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String affiliateId,
        @Schema(examples = "Ada Example") String affiliateName,
        @Schema(
                        examples = "requested",
                        enumeration = {
                            "requested",
                            "approved",
                            "submitted",
                            "unknown",
                            "paid",
                            "failed",
                            "canceled",
                            "returned"
                        })
                String status,
        @Schema(
                        nullable = true,
                        examples = "Asked them for an invoice",
                        description = "Why it waits; null: it does not")
                @Nullable
                String hold,
        @Schema(nullable = true, examples = "account_closed", description = "Why it failed or was canceled") @Nullable
                String reason,
        @Schema(examples = "stripe") String rail,
        @Schema(nullable = true, examples = "****6789", description = "What people see of where it goes") @Nullable
                String destination,
        @Schema(description = "What is taken from the balance") Money gross,
        Money fee,
        @Schema(description = "Kept back for the tax authority") Money withheld,
        @Schema(description = "What is sent") Money net,
        @Schema(description = "What came back since, of what was sent") Money returned,
        @Schema(description = "What left beyond that; owed back by later earnings") Money overpaid,
        @Schema(examples = "1", description = "How many people must approve it") int approvalsNeeded,
        @Schema(examples = "0", description = "How many have") int approvals,
        @Schema(examples = "[\"over_limit\"]", description = "Why people must: risk_not_low, over_limit, four_eyes")
                List<String> approvalReasons,
        @Schema(
                        examples = "3f0c2a52-8f1e-4d0b-9a55-1f2f5c0c9a11",
                        description = "The account that asked for it or started its run")
                String requestedBy,
        @Schema(
                        examples = "ask_person",
                        enumeration = {"send", "look_up", "give_up_waiting", "ask_person", "nothing"},
                        description = "What happens to it next; ask_person: an open task says what")
                String next,
        @Schema(nullable = true, description = "When") @Nullable Instant nextAt,
        Instant createdAt,
        @Schema(nullable = true) @Nullable Instant approvedAt,
        @Schema(nullable = true) @Nullable Instant submittedAt,
        @Schema(nullable = true) @Nullable Instant paidAt,
        @Schema(nullable = true) @Nullable Instant endedAt) {
    static final List<String> STATUSES =
            List.of("requested", "approved", "submitted", "unknown", "paid", "failed", "canceled", "returned");

    static final Csv<Line> CSV = new Csv<>(
            List.of(
                    "id",
                    "runId",
                    "kind",
                    "programId",
                    "affiliateId",
                    "affiliateName",
                    "status",
                    "hold",
                    "reason",
                    "rail",
                    "currency",
                    "gross",
                    "fee",
                    "withheld",
                    "net",
                    "returned",
                    "createdAt",
                    "approvedAt",
                    "submittedAt",
                    "paidAt",
                    "endedAt"),
            line -> line.view().cells());

    PayoutView {
        approvalReasons = List.copyOf(approvalReasons);
    }

    /** With the id by which its list goes on. */
    record Line(UUID id, PayoutView view) {}

    private List<String> cells() {
        return List.of(
                id,
                Objects.toString(runId, ""),
                kind,
                programId,
                affiliateId,
                affiliateName,
                status,
                Objects.toString(hold, ""),
                Objects.toString(reason, ""),
                rail,
                gross.currency(),
                Long.toString(gross.amount()),
                Long.toString(fee.amount()),
                Long.toString(withheld.amount()),
                Long.toString(net.amount()),
                Long.toString(returned.amount()),
                createdAt.toString(),
                Objects.toString(approvedAt, ""),
                Objects.toString(submittedAt, ""),
                Objects.toString(paidAt, ""),
                Objects.toString(endedAt, ""));
    }

    static PayoutView read(Row row) {
        String currency = row.getString("currency");
        long gross = row.getLong("gross_minor");
        long fee = row.getLong("fee_minor");
        long withheld = row.getLong("withheld_minor");
        UUID run = row.getUUID("run_id");
        return new PayoutView(
                TypeId.PAYOUT.format(row.getUUID("id")),
                run == null ? null : TypeId.PAYOUT_RUN.format(run),
                row.getString("kind"),
                TypeId.PROGRAM.format(row.getUUID("program_id")),
                TypeId.ENROLLMENT.format(row.getUUID("enrollment_id")),
                TypeId.AFFILIATE.format(row.getUUID("affiliate_id")),
                row.getString("affiliate_name"),
                row.getString("state"),
                orNull(row.getString("hold")),
                orNull(row.getString("reason")),
                row.getString("rail"),
                row.getString("hint"),
                new Money(gross, currency),
                new Money(fee, currency),
                new Money(withheld, currency),
                new Money(gross - fee - withheld, currency),
                new Money(row.getLong("returned_minor"), currency),
                new Money(row.getLong("overpaid_minor"), currency),
                row.getShort("people"),
                row.getLong("approvals").intValue(),
                List.of(row.getArrayOfStrings("approval_reasons")),
                row.getString("requested_by"),
                row.getString("next_kind"),
                moment(row, "next_at"),
                row.getOffsetDateTime("created_at").toInstant(),
                moment(row, "approved_at"),
                moment(row, "submitted_at"),
                moment(row, "paid_at"),
                moment(row, "ended_at"));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static @Nullable Instant moment(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
