package dev.tributary.analytics.statement;

import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** What the books hold of an affiliate. */
@Singleton
class PersonEntries implements PersonalData {
    private static final String NEWEST =
            """
            SELECT id, min(occurred_at) AS occurred_at, kind, source_kind, source_id, min(memo) AS memo, currency,
                   sum(CASE 'pending' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint
                       AS pending,
                   sum(CASE 'available' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint
                       AS available,
                   sum(CASE 'in_transit' WHEN credit THEN amount_minor WHEN debit THEN -amount_minor ELSE 0 END)::bigint
                       AS in_transit
              FROM ledger_entry
             WHERE enrollment_id IN (SELECT id FROM enrollment WHERE affiliate_id = $1) AND id < $2
             GROUP BY id, kind, source_kind, source_id, currency
             ORDER BY id DESC LIMIT $3
            """;

    @Override
    public String name() {
        return "ledgerEntries";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, NEWEST, affiliateId, before, limit, row -> shown(StatementEntry.read(row)));
    }

    private static JsonObject shown(StatementEntry entry) {
        return new JsonObject()
                .put("id", entry.id())
                .put("bookedAt", entry.bookedAt().toString())
                .put("occurredAt", entry.occurredAt().toString())
                .put("kind", entry.kind())
                .put("sourceKind", entry.sourceKind())
                .put("sourceId", entry.sourceId())
                .put("memo", entry.memo())
                .put("currency", entry.currency())
                .put("pending", entry.change().pending())
                .put("available", entry.change().available())
                .put("inTransit", entry.change().inTransit());
    }

    /** Entries stay as they are: they hold ids and amounts, and their memos nothing of a person. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return Uni.createFrom().item(0);
    }
}
