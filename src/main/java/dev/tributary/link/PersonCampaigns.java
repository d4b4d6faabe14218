package dev.tributary.link;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** An affiliate's campaigns, whose names are their own words. */
@Singleton
class PersonCampaigns implements PersonalData {
    private static final String LIST =
            """
            SELECT id, program_id, name, utm_campaign, created_at FROM campaign
             WHERE affiliate_id = $1 AND id < $2
             ORDER BY id DESC LIMIT $3
            """;
    /** A name is unique in its enrollment; the id is. */
    private static final String ERASE =
            """
            UPDATE campaign SET name = 'erased ' || id WHERE affiliate_id = $1 AND name <> 'erased ' || id RETURNING id
            """;

    private final Audit audit;

    PersonCampaigns(Audit audit) {
        this.audit = audit;
    }

    @Override
    public String name() {
        return "campaigns";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonCampaigns::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row campaign) {
        return new JsonObject()
                .put("id", TypeId.CAMPAIGN.format(campaign.getUUID("id")))
                .put("programId", TypeId.PROGRAM.format(campaign.getUUID("program_id")))
                .put("name", campaign.getString("name"))
                .put("utmCampaign", campaign.getString("utm_campaign"))
                .put(
                        "createdAt",
                        campaign.getOffsetDateTime("created_at").toInstant().toString());
    }

    /** What its links say in {@code utm_campaign} stays: shops' own statistics are kept by it. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return tx.preparedQuery(ERASE)
                .execute(Tuple.of(affiliateId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .toList())
                .call(ids -> audit.blank(tx, ids))
                .map(List::size);
    }
}
