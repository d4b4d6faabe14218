package dev.tributary.payout.own;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * What an affiliate was paid. Amounts and dates stay for ever, because the books do; the words of staff about one that ended
 * go. What a payout was stopped for while it is under way stays until it has ended.
 */
@Singleton
class PersonPayouts implements PersonalData {
    private static final String LIST =
            """
            SELECT id, program_id, kind, state, rail, gross_minor, fee_minor, withheld_minor, returned_minor, currency,
                   created_at, paid_at
              FROM payout WHERE affiliate_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
            """;
    private static final String BLANK =
            """
            UPDATE payout SET hold = '', reason = CASE WHEN reason = '' THEN '' ELSE 'erased' END
             WHERE affiliate_id = $1 AND ended_at IS NOT NULL AND (hold <> '' OR reason NOT IN ('', 'erased'))
            """;

    @Override
    public String name() {
        return "payouts";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonPayouts::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row payout) {
        JsonObject row = new JsonObject()
                .put("id", TypeId.PAYOUT.format(payout.getUUID("id")))
                .put("programId", TypeId.PROGRAM.format(payout.getUUID("program_id")))
                .put("kind", payout.getString("kind"))
                .put("status", payout.getString("state"))
                .put("rail", payout.getString("rail"))
                .put("gross", payout.getLong("gross_minor"))
                .put("fee", payout.getLong("fee_minor"))
                .put("withheld", payout.getLong("withheld_minor"))
                .put("returned", payout.getLong("returned_minor"))
                .put("currency", payout.getString("currency"))
                .put(
                        "createdAt",
                        payout.getOffsetDateTime("created_at").toInstant().toString());
        return payout.getOffsetDateTime("paid_at") == null
                ? row
                : row.put(
                        "paidAt",
                        payout.getOffsetDateTime("paid_at").toInstant().toString());
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(BLANK).execute(Tuple.of(affiliateId)).map(rows -> rows.rowCount());
    }
}
