package dev.tributary.conversion.own;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** What went back of the sales that an affiliate is credited with: ids, amounts and dates, which the books keep. */
@Singleton
class PersonRefunds implements PersonalData {
    private static final String LIST =
            """
            SELECT r.id, r.conversion_id, r.kind, r.amount_minor, r.currency, r.occurred_at FROM refund r
             WHERE r.id < $2 AND EXISTS (
                   SELECT FROM conversion v JOIN attribution a ON a.conversion_id = v.id AND a.decision = v.decision
                    WHERE v.id = r.conversion_id AND v.status IN ('accepted', 'refunded') AND a.affiliate_id = $1)
             ORDER BY r.id DESC LIMIT $3
            """;

    @Override
    public String name() {
        return "refunds";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonRefunds::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row refund) {
        return new JsonObject()
                .put("id", TypeId.REFUND.format(refund.getUUID("id")))
                .put("conversionId", TypeId.CONVERSION.format(refund.getUUID("conversion_id")))
                .put("kind", refund.getString("kind"))
                .put("amount", refund.getLong("amount_minor"))
                .put("currency", refund.getString("currency"))
                .put(
                        "occurredAt",
                        refund.getOffsetDateTime("occurred_at").toInstant().toString());
    }

    /** Nothing: they hold nothing of the person. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return Uni.createFrom().item(0);
    }
}
