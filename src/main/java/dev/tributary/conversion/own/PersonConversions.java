package dev.tributary.conversion.own;

import dev.tributary.conversion.Shown;
import dev.tributary.conversion.StoredConversions;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** What an affiliate is credited with. Amounts stay for ever, because the books do, and of the buyers nothing is told. */
@Singleton
class PersonConversions implements PersonalData {
    /**
     * Of what they bought themselves and were refused for: there they are the customer. Its number stays, unless it is an
     * address, so that the same event told again is still known.
     */
    private static final String BLANK =
            """
            UPDATE conversion v
               SET buyer = NULL, details = NULL,
                   customer_external_id = CASE WHEN v.customer_external_id NOT LIKE '%@%' THEN v.customer_external_id END,
                   external_id = CASE WHEN v.external_id LIKE '%@%' THEN 'erased:' || v.id ELSE v.external_id END
             WHERE v.reason_code = 'self_referral'
               AND (v.buyer IS NOT NULL OR v.details IS NOT NULL OR v.customer_external_id LIKE '%@%' OR v.external_id LIKE '%@%')
               AND EXISTS (SELECT FROM attribution a WHERE a.conversion_id = v.id AND a.affiliate_id = $1)
            """;

    private final StoredConversions stored;

    PersonConversions(StoredConversions stored) {
        this.stored = stored;
    }

    @Override
    public String name() {
        return "conversions";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return stored.own(c, before, limit, affiliateId, StoredConversions.Filter.ALL)
                .map(page -> page.stream()
                        .map(shown -> new Row(shown.id(), row(shown, affiliateId)))
                        .toList());
    }

    private static JsonObject row(Shown shown, UUID affiliateId) {
        OwnConversionView view = OwnConversionView.of(shown, affiliateId);
        return new JsonObject()
                .put("id", view.id())
                .put("programId", view.programId())
                .put("kind", view.kind().word())
                .put("status", view.status().word())
                .put("amount", view.amount().amount())
                .put("refunded", view.refunded().amount())
                .put("currency", view.amount().currency())
                .put("weightBps", view.weightBps())
                .put("linkId", view.linkId())
                .put("src", view.src())
                .put("occurredAt", view.occurredAt().toString());
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(BLANK).execute(Tuple.of(affiliateId)).map(rows -> rows.rowCount());
    }
}
