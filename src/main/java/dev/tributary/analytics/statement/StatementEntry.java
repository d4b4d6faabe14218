package dev.tributary.analytics.statement;

import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One entry of the books as its enrollment sees it: by how much it changed what is owed. Amounts in minor units. */
@Schema(name = "StatementEntry")
record StatementEntry(
        @Schema(examples = "ent_01h455vb4pex5vsknk084sn02q") String id,
        @Schema(examples = "2026-03-10T12:00:00Z", description = "By this it belongs to its month") Instant bookedAt,
        @Schema(examples = "2026-03-10T11:59:58Z", description = "When what it books happened") Instant occurredAt,
        @Schema(examples = "earn", description = "earn, release, reverse, adjust, reserve, paid, failed or returned")
                String kind,
        @Schema(examples = "commission", description = "What it is booked for") String sourceKind,
        @Schema(examples = "cms_01h455vb4pex5vsknk084sn02q") String sourceId,
        @Schema(examples = "Sale A-1") String memo,
        @Schema(examples = "EUR", description = "ISO 4217") String currency,
        Holdings change) {
    /** In which money takes its way. */
    static final List<String> ORDER =
            List.of("earn", "release", "reverse", "adjust", "reserve", "paid", "failed", "returned");

    static StatementEntry read(Row row) {
        UUID id = row.getUUID("id");
        String sourceKind = row.getString("source_kind");
        return new StatementEntry(
                TypeId.ENTRY.format(id),
                Ids.timeOf(id),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("kind"),
                sourceKind,
                shown(sourceKind, row.getUUID("source_id")),
                row.getString("memo"),
                row.getString("currency"),
                Holdings.read(row));
    }

    /** A TypeID where that kind of object has one. */
    private static String shown(String kind, UUID id) {
        return Arrays.stream(TypeId.values())
                .filter(type -> type.name().equals(kind.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(type -> type.format(id))
                .orElseGet(id::toString);
    }
}
