package dev.tributary.contest;

import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who won what in a contest, for staff. */
@Path("/api/admin/contests/{id}/winners")
@Tag(name = "Contests")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class WinnerAdminResource {
    private final ContestRepository contests;
    private final WinnerRepository winners;
    private final Transactions transactions;

    WinnerAdminResource(ContestRepository contests, WinnerRepository winners, Transactions transactions) {
        this.contests = contests;
        this.winners = winners;
        this.transactions = transactions;
    }

    @GET
    @Operation(operationId = "listContestWinners", summary = "See who won what")
    public Uni<WinnersView> winners(@PathParam("id") String id) {
        UUID contest = Params.path(id, TypeId.CONTEST, "Contest");
        return transactions.read(c -> contests.find(c, contest)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Contest")))
                .chain(found ->
                        winners.of(c, List.of(contest), Winners.MOST).map(kept -> WinnersView.of(found, kept))));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> export(@PathParam("id") String id) {
        return winners(id).map(view -> WinnersView.CSV.whole(view.data()));
    }
}
