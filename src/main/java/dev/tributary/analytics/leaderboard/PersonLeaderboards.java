package dev.tributary.analytics.leaderboard;

import dev.tributary.id.TypeId;
import dev.tributary.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** How an affiliate wants to be seen on leaderboards, and the places where it is seen. */
@Singleton
class PersonLeaderboards implements PersonalData {
    private static final String LIST =
            """
            SELECT enrollment_id AS id, program_id, shown, updated_at FROM leaderboard_name
             WHERE affiliate_id = $1 AND enrollment_id < $2
             ORDER BY enrollment_id DESC LIMIT $3
            """;

    private final BoardRepository boards;
    private final Rankings rankings;
    private final Clock clock;

    PersonLeaderboards(BoardRepository boards, Rankings rankings, Clock clock) {
        this.boards = boards;
        this.rankings = rankings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "leaderboardNames";
    }

    @Override
    public Uni<List<Row>> export(SqlConnection c, UUID affiliateId, UUID before, int limit) {
        return PersonalData.page(c, LIST, affiliateId, before, limit, PersonLeaderboards::row);
    }

    private static JsonObject row(io.vertx.mutiny.sqlclient.Row name) {
        return new JsonObject()
                .put("programId", TypeId.PROGRAM.format(name.getUUID("program_id")))
                .put("shown", name.getBoolean("shown"))
                .put(
                        "updatedAt",
                        name.getOffsetDateTime("updated_at").toInstant().toString());
    }

    /** The places go at once, also the shown ones: whose account is closed ranks nowhere. */
    @Override
    public Uni<Integer> erase(SqlConnection tx, UUID affiliateId) {
        return boards.programsOf(tx, affiliateId)
                .chain(programs -> rankings.rename(tx, programs, affiliateId, Initials.NONE, clock.instant())
                        .chain(() -> boards.forget(tx, programs, affiliateId)));
    }
}
