package dev.tributary.promo;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** An affiliate's discount codes. Who used them are the merchant's customers, known by the merchant's ids alone. */
@Singleton
class PersonDiscountCodes implements PersonalData {
    private static final String LIST =
            """
            SELECT d.id, d.program_id, d.code, d.status, d.uses, d.discount_minor, d.created_at
              FROM discount_code d JOIN enrollment e ON e.id = d.enrollment_id
             WHERE e.affiliate_id = $1 AND d.id < $2
             ORDER BY d.id DESC LIMIT $3
            """;
    /** Notes of staff may name the person; the text is on the web, must stay taken, and is not usable any more. */
    private static final String BLANK =
            """
            UPDATE discount_code SET description = ''
             WHERE enrollment_id IN (SELECT id FROM enrollment WHERE affiliate_id = $1) AND description <> ''
            """;

    @Override
    public String name() {
        return "discountCodes";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonDiscountCodes::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row code) {
        return new JsonObject()
                .put("id", TypeId.DISCOUNT_CODE.format(code.getUUID("id")))
                .put("programId", TypeId.PROGRAM.format(code.getUUID("program_id")))
                .put("code", code.getString("code"))
                .put("status", code.getString("status"))
                .put("uses", code.getInteger("uses"))
                .put("discountMinor", code.getLong("discount_minor"))
                .put(
                        "createdAt",
                        code.getOffsetDateTime("created_at").toInstant().toString());
    }

    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(BLANK).execute(Tuple.of(affiliateId)).map(rows -> rows.rowCount());
    }
}
