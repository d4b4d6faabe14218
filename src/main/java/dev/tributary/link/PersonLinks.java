package dev.tributary.link;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** An affiliate's links. Clicks are not told: they are visitors', and hold nothing of the affiliate but the link. */
@Singleton
class PersonLinks implements PersonalData {
    private static final String LIST =
            """
            SELECT id, program_id, code, destination, src, status, created_at FROM link
             WHERE affiliate_id = $1 AND id < $2
             ORDER BY id DESC LIMIT $3
            """;

    @Override
    public String name() {
        return "links";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonLinks::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row link) {
        return new JsonObject()
                .put("id", TypeId.LINK.format(link.getUUID("id")))
                .put("programId", TypeId.PROGRAM.format(link.getUUID("program_id")))
                .put("code", link.getString("code"))
                .put("destination", link.getString("destination"))
                .put("src", link.getString("src"))
                .put("status", link.getString("status"))
                .put(
                        "createdAt",
                        link.getOffsetDateTime("created_at").toInstant().toString());
    }

    /** Nothing: a code that is on the web must go on leading somewhere, and may never become another's. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return Uni.createFrom().item(0);
    }
}
