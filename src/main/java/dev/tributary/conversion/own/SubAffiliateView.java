package dev.tributary.conversion.own;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An affiliate whom the one that asks recruited, and what it brought. */
@Schema(name = "SubAffiliate")
record SubAffiliateView(
        @Schema(examples = "aff_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "active") String status,
        @Schema(examples = "12", description = "Customers who are bound to it") long referrals,
        @Schema(examples = "5", description = "Those of them who bought") long converted,
        @Schema(examples = "2026-09-01T10:00:00Z") Instant joinedAt) {
    static final Csv<Entry> CSV = new Csv<>(
            List.of("id", "status", "referrals", "converted", "joinedAt"),
            e -> List.of(
                    e.view.id,
                    e.view.status,
                    Long.toString(e.view.referrals),
                    Long.toString(e.view.converted),
                    e.view.joinedAt.toString()));

    /** With the id by which its list goes on. */
    record Entry(UUID id, SubAffiliateView view) {}

    static Entry read(Row row) {
        UUID id = row.getUUID("id");
        return new Entry(
                id,
                new SubAffiliateView(
                        TypeId.AFFILIATE.format(id),
                        row.getString("status"),
                        row.getLong("referrals"),
                        row.getLong("converted"),
                        row.getOffsetDateTime("created_at").toInstant()));
    }
}
