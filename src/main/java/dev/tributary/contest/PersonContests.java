package dev.tributary.contest;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** What an affiliate has won. */
@Singleton
class PersonContests implements PersonalData {
    private static final String LIST =
            """
            SELECT w.id, w.contest_id, k.name, w.rank, w.value, w.prize_minor, w.currency, w.prize, w.decided_at
              FROM contest_winner w JOIN contest k ON k.id = w.contest_id
             WHERE w.affiliate_id = $1 AND w.id < $2
             ORDER BY w.id DESC LIMIT $3
            """;

    private final StandingRepository standings;

    PersonContests(StandingRepository standings) {
        this.standings = standings;
    }

    @Override
    public String name() {
        return "contestWins";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonContests::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row won) {
        return new JsonObject()
                .put("contestId", TypeId.CONTEST.format(won.getUUID("contest_id")))
                .put("contest", won.getString("name"))
                .put("rank", won.getInteger("rank"))
                .put("value", won.getLong("value"))
                .put("prizeMinor", won.getLong("prize_minor"))
                .put("currency", won.getString("currency"))
                .put("prize", won.getString("prize"))
                .put(
                        "decidedAt",
                        won.getOffsetDateTime("decided_at").toInstant().toString());
    }

    /** Places in contests that go on go at once; what was won stays with its amounts and names nobody. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return standings.forget(tx, affiliateId);
    }
}
