package dev.tributary.analytics;

import dev.tributary.access.Caller;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the links of the affiliate that asks are doing. */
@Path("/api/affiliate/statistics")
@Tag(name = "Statistics")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class StatisticsResource {
    static final Set<GroupBy> BY = EnumSet.complementOf(EnumSet.of(GroupBy.ALL));
    private static final Set<String> PARAMETERS = Set.of("by", "from", "to", "programId", "campaignId", "limit");

    private final StatisticsQueries queries;
    private final Caller caller;

    StatisticsResource(StatisticsQueries queries, Caller caller) {
        this.queries = queries;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "getStatistics",
            summary = "Your clicks, leads, sales and earnings by link, source tag, campaign, day, week or month")
    public Uni<Statistics> statistics(@Context UriInfo uri) {
        return ask(uri, false);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> export(@Context UriInfo uri) {
        return ask(uri, true).map(Statistics::csv);
    }

    private Uni<Statistics> ask(UriInfo uri, boolean csv) {
        Params.only(uri, PARAMETERS);
        GroupBy by = Asked.by(uri, "by", BY, GroupBy.LINK);
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        UUID campaign = Params.id(uri, "campaignId", TypeId.CAMPAIGN);
        Question.Only only = campaign == null ? Question.Only.EVERYTHING : Question.Only.CAMPAIGN;
        Period period = Period.of(uri);
        int asked = Asked.limit(uri, by);
        int limit = csv ? Asked.MOST_ROWS_CSV : asked;
        return caller.affiliate()
                .chain(me -> queries.ask(new Question(me, program, only, campaign, by, period, limit)))
                .map(found -> found.orElseThrow(() -> Problem.notFound(campaign == null ? "Enrollment" : "Campaign")));
    }
}
