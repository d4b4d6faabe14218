package dev.tributary.conversion.imports;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Rows of imports that named an affiliate and earned nothing, or not yet, with the reason. */
@Singleton
class PersonImportRows implements PersonalData {
    private static final String LIST =
            """
            SELECT n.id, n.import_id, n.row_number, n.result, n.conversion_id, n.code, n.detail
              FROM conversion v JOIN conversion_import_row n ON n.conversion_id = v.id
             WHERE v.named_affiliate_id = $1 AND n.id < $2
             ORDER BY n.id DESC LIMIT $3
            """;

    @Override
    public String name() {
        return "importRows";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonImportRows::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row noted) {
        return new JsonObject()
                .put("importId", TypeId.IMPORT.format(noted.getUUID("import_id")))
                .put("row", noted.getLong("row_number"))
                .put("result", noted.getString("result"))
                .put("conversionId", TypeId.CONVERSION.format(noted.getUUID("conversion_id")))
                .put("code", noted.getString("code"))
                .put("detail", noted.getString("detail"));
    }

    /** Nothing: a row has the merchant's number of an order and our reason, nothing of the person. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return Uni.createFrom().item(0);
    }
}
