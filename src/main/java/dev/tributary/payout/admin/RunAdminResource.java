package dev.tributary.payout.admin;

import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
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

/** Runs of payouts, for staff. */
@Path("/api/admin/payout-runs")
@Tag(name = "Payouts")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class RunAdminResource {
    private static final Set<String> FILTERS = Set.of("programId", "kind", "status");
    private static final List<String> KINDS = List.of("monthly", "daily", "manual");
    private static final List<String> STATUSES = List.of("running", "done", "failed");

    private final RunQueries queries;
    private final Transactions transactions;
    private final Lists lists;

    RunAdminResource(RunQueries queries, Transactions transactions, Lists lists) {
        this.queries = queries;
        this.transactions = transactions;
        this.lists = lists;
    }

    @GET
    @Operation(operationId = "listPayoutRuns", summary = "List runs of payouts, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), RunView.Line::id, RunView.Line::view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), RunView.Line::id, RunView.CSV);
    }

    private Source<RunView.Line> source(UriInfo uri) {
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        @Nullable String kind = Params.oneOf(uri, "kind", KINDS);
        @Nullable String status = Params.oneOf(uri, "status", STATUSES);
        return (before, limit) -> queries.list(before, limit, program, kind, status);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getPayoutRun", summary = "Read one run, also while it goes on")
    public Uni<RunView> get(@PathParam("id") String id) {
        UUID run = Params.path(id, TypeId.PAYOUT_RUN, "Run");
        return transactions
                .read(c -> queries.find(c, run))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Run")));
    }
}
