package dev.tributary.contest;

import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who stands where in a contest, for staff. */
@Path("/api/admin/contests/{id}/standings")
@Tag(name = "Contests")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class StandingAdminResource {
    private static final int USUAL = 100;
    /** Some 150 bytes each; the whole of it is nobody's reading. */
    private static final int MOST = 1_000;

    private final ContestRepository contests;
    private final StandingRepository standings;
    private final Transactions transactions;
    private final Clock clock;

    StandingAdminResource(
            ContestRepository contests, StandingRepository standings, Transactions transactions, Clock clock) {
        this.contests = contests;
        this.standings = standings;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listContestStandings", summary = "See who stands where in a contest, by name")
    public Uni<ContestStandingsView> standings(@PathParam("id") String id, @Context UriInfo uri) {
        return read(id, uri, USUAL);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> exportStandings(@PathParam("id") String id, @Context UriInfo uri) {
        return read(id, uri, MOST).map(view -> ContestStandingsView.CSV.whole(view.data()));
    }

    private Uni<ContestStandingsView> read(String id, UriInfo uri, int usual) {
        Params.only(uri, Set.of("limit"));
        int limit = limit(uri, usual, MOST);
        return transactions.read(c -> contest(c, id).chain(contest -> standings
                .named(c, contest.id(), limit)
                .map(found -> ContestStandingsView.of(contest, found.scores(), found.names(), clock.instant()))));
    }

    private Uni<Contest> contest(SqlConnection c, String id) {
        UUID contest = Params.path(id, TypeId.CONTEST, "Contest");
        return contests.find(c, contest).map(found -> found.orElseThrow(() -> Problem.notFound("Contest")));
    }

    static int limit(UriInfo uri, int usual, int most) {
        String text = uri.getQueryParameters().getFirst("limit");
        int limit = text == null ? usual : text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most)
            throw Problem.field("limit", "out_of_range", "limit is a number from 1 to " + most);
        return limit;
    }
}
