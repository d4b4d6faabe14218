package dev.tributary.commission;

import dev.tributary.access.Caller;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The commissions of the affiliate that asks. */
@Path("/api/affiliate/commissions")
@Tag(name = "Commissions")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class AffiliateCommissionResource {
    private static final Set<String> FILTERS = Set.of("programId", "status", "conversionId", "from", "to");

    private final CommissionQueries queries;
    private final Caller caller;
    private final Lists lists;

    AffiliateCommissionResource(CommissionQueries queries, Caller caller, Lists lists) {
        this.queries = queries;
        this.caller = caller;
        this.lists = lists;
    }

    @GET
    @Operation(
            operationId = "listOwnCommissions",
            summary = "List your commissions with their arithmetic, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(me -> lists.json(uri, FILTERS, source(uri, me), BookedView.Line::id, BookedView.Line::view));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return caller.affiliate()
                .onItem()
                .transformToMulti(me -> lists.csv(uri, FILTERS, source(uri, me), BookedView.Line::id, BookedView.CSV));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getOwnCommission", summary = "Read one of your commissions with its arithmetic")
    public Uni<BookedView> get(@PathParam("id") String id) {
        UUID commission = Params.path(id, TypeId.COMMISSION, "Commission");
        return caller.affiliate().chain(me -> queries.find(commission)
                .map(found -> found.map(line -> line.view().forAffiliate())
                        .filter(view -> view.affiliateId().equals(TypeId.AFFILIATE.format(me)))
                        .orElseThrow(() -> Problem.notFound("Commission"))));
    }

    private Source<BookedView.Line> source(UriInfo uri, UUID me) {
        CommissionQueries.Filter filter = new CommissionQueries.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                me,
                Params.oneOf(uri, "status", BookedView.STATUSES),
                Params.id(uri, "conversionId", TypeId.CONVERSION),
                null,
                Params.time(uri, "from"),
                Params.time(uri, "to"));
        return (before, limit) -> queries.list(before, limit, filter).map(page -> page.stream()
                .map(line -> new BookedView.Line(line.id(), line.view().forAffiliate()))
                .toList());
    }
}
