package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.payout.own.Breakdowns;
import dev.tributary.payout.rail.Rails;
import dev.tributary.postgres.Transactions;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The payouts, for staff to read. */
@Path("/api/admin/payouts")
@Tag(name = "Payouts")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class PayoutAdminResource {
    private static final Set<String> FILTERS =
            Set.of("programId", "affiliateId", "name", "status", "rail", "runId", "held", "from", "to");

    private final PayoutQueries queries;
    private final DetailQueries details;
    private final Breakdowns breakdowns;
    private final Transactions transactions;
    private final Rails rails;
    private final Lists lists;

    PayoutAdminResource(
            PayoutQueries queries,
            DetailQueries details,
            Breakdowns breakdowns,
            Transactions transactions,
            Rails rails,
            Lists lists) {
        this.queries = queries;
        this.details = details;
        this.breakdowns = breakdowns;
        this.transactions = transactions;
        this.rails = rails;
        this.lists = lists;
    }

    @GET
    @Operation(operationId = "listPayouts", summary = "List payouts, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), PayoutView.Line::id, PayoutView.Line::view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), PayoutView.Line::id, PayoutView.CSV);
    }

    private Source<PayoutView.Line> source(UriInfo uri) {
        @Nullable String held = Params.oneOf(uri, "held", List.of("true", "false"));
        PayoutQueries.Filter filter = new PayoutQueries.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.oneOf(uri, "status", PayoutView.STATUSES),
                Params.oneOf(uri, "rail", rails.names()),
                Params.id(uri, "runId", TypeId.PAYOUT_RUN),
                held == null ? null : Boolean.valueOf(held),
                Params.line(uri, "name"),
                Params.time(uri, "from"),
                Params.time(uri, "to"));
        return (before, limit) -> queries.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getPayout", summary = "Read one payout with all that is known of it")
    public Uni<PayoutDetail> get(@PathParam("id") String id) {
        return details.get(payout(id));
    }

    @GET
    @Path("{id}")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> lines(@PathParam("id") String id) {
        UUID payout = payout(id);
        return transactions
                .read(c -> queries.find(c, payout))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Payout")))
                .chain(found -> breakdowns.table(payout, found.gross()))
                .onItem()
                .transformToMulti(rows -> rows);
    }

    static UUID payout(String id) {
        return Params.path(id, TypeId.PAYOUT, "Payout");
    }
}
