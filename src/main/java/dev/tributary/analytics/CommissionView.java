package dev.tributary.analytics;

import dev.tributary.id.TypeId;
import dev.tributary.money.Money;
import dev.tributary.page.Csv;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A commission as its affiliate sees it. */
@Schema(name = "Commission")
record CommissionView(
        @Schema(examples = "cms_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "prg_01h455vb4pex5vsknk084sn02q") String programId,
        @Schema(
                        examples = "approved",
                        enumeration = {"pending", "approved", "paid", "held", "rejected", "reversed"})
                String status,
        Money amount,
        @Schema(examples = "conversion", description = "What it was earned with") String source,
        @Schema(examples = "base_rate", description = "The rule that gave it") String rule,
        @Schema(nullable = true, examples = "cnv_01h455vb4pex5vsknk084sn02q") @Nullable String conversionId,
        @Schema(nullable = true, examples = "lnk_01h455vb4pex5vsknk084sn02q", description = "The conversion's link")
                @Nullable
                String linkId,
        @Schema(examples = "newsletter", description = "The conversion's source tag") String src,
        @Schema(examples = "2026-11-03T08:00:00Z") Instant earnedAt) {
    static final List<String> STATUSES = List.of("pending", "approved", "paid", "held", "rejected", "reversed");

    static final Csv<Entry> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "status",
                    "amount",
                    "currency",
                    "source",
                    "rule",
                    "conversionId",
                    "linkId",
                    "src",
                    "earnedAt"),
            e -> List.of(
                    e.view.id,
                    e.view.programId,
                    e.view.status,
                    Long.toString(e.view.amount.amount()),
                    e.view.amount.currency(),
                    e.view.source,
                    e.view.rule,
                    e.view.conversionId == null ? "" : e.view.conversionId,
                    e.view.linkId == null ? "" : e.view.linkId,
                    e.view.src,
                    e.view.earnedAt.toString()));

    /** With the id by which its list goes on. */
    record Entry(UUID id, CommissionView view) {}

    static Entry read(Row row) {
        UUID id = row.getUUID("id");
        return new Entry(
                id,
                new CommissionView(
                        TypeId.COMMISSION.format(id),
                        TypeId.PROGRAM.format(row.getUUID("program_id")),
                        row.getString("status"),
                        new Money(row.getLong("amount_minor"), row.getString("currency")),
                        row.getString("source_kind"),
                        row.getString("rule"),
                        shown(TypeId.CONVERSION, row.getUUID("conversion_id")),
                        shown(TypeId.LINK, row.getUUID("link_id")),
                        row.getString("src"),
                        row.getOffsetDateTime("earned_at").toInstant()));
    }

    private static @Nullable String shown(TypeId kind, @Nullable UUID id) {
        return id == null ? null : kind.format(id);
    }
}
