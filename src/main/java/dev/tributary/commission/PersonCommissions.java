package dev.tributary.commission;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** What an affiliate was owed, adjustments among it. Amounts stay for ever, because the books do; words about a person go. */
@Singleton
class PersonCommissions implements PersonalData {
    private static final String LIST =
            """
            SELECT id, program_id, source_kind, rule, amount_minor, reversed_minor, currency, status, reason, earned_at
              FROM commission WHERE affiliate_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
            """;
    private static final String BLANK =
            "UPDATE commission SET reason = NULL WHERE affiliate_id = $1 AND reason IS NOT NULL";
    private static final String BLANK_ADJUSTMENTS =
            "UPDATE adjustment SET reason = 'erased' WHERE affiliate_id = $1 AND reason <> 'erased'";

    @Override
    public String name() {
        return "commissions";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonCommissions::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row commission) {
        return new JsonObject()
                .put("id", TypeId.COMMISSION.format(commission.getUUID("id")))
                .put("programId", TypeId.PROGRAM.format(commission.getUUID("program_id")))
                .put("source", commission.getString("source_kind"))
                .put("rule", commission.getString("rule"))
                .put("amount", commission.getLong("amount_minor"))
                .put("reversed", commission.getLong("reversed_minor"))
                .put("currency", commission.getString("currency"))
                .put("status", commission.getString("status"))
                .put("reason", commission.getString("reason"))
                .put(
                        "earnedAt",
                        commission.getOffsetDateTime("earned_at").toInstant().toString());
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(BLANK).execute(Tuple.of(affiliateId)).chain(first -> tx.preparedQuery(BLANK_ADJUSTMENTS)
                .execute(Tuple.of(affiliateId))
                .map(second -> first.rowCount() + second.rowCount()));
    }
}
