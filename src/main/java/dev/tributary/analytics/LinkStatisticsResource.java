package dev.tributary.analytics;

import dev.tributary.access.Caller;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How one link of the affiliate that asks is doing. */
@Path("/api/affiliate/links/{id}/statistics")
@Tag(name = "Statistics")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class LinkStatisticsResource {
    private static final Set<GroupBy> BY = EnumSet.of(GroupBy.DAY, GroupBy.WEEK, GroupBy.MONTH, GroupBy.SRC);
    private static final Set<String> PARAMETERS = Set.of("by", "from", "to", "limit");

    private final StatisticsQueries queries;
    private final Caller caller;

    LinkStatisticsResource(StatisticsQueries queries, Caller caller) {
        this.queries = queries;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getLinkStatistics", summary = "One link's clicks, leads, sales and earnings")
    public Uni<Statistics> statistics(@PathParam("id") String id, @Context UriInfo uri) {
        return ask(id, uri, false);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> export(@PathParam("id") String id, @Context UriInfo uri) {
        return ask(id, uri, true).map(Statistics::csv);
    }

    private Uni<Statistics> ask(String id, UriInfo uri, boolean csv) {
        UUID link = Params.path(id, TypeId.LINK, "Link");
        Params.only(uri, PARAMETERS);
        GroupBy by = Asked.by(uri, "by", BY, GroupBy.DAY);
        Period period = Period.of(uri);
        int asked = Asked.limit(uri, by);
        int limit = csv ? Asked.MOST_ROWS_CSV : asked;
        return caller.affiliate()
                .chain(me -> queries.ask(new Question(me, null, Question.Only.LINK, link, by, period, limit)))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Link")));
    }
}
