package dev.tributary.payout.reconcile;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.payout.rail.Rails;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What differs between the books and the providers' lists, and what people say of it. */
@Path("/api/admin/reconcile-items")
@Tag(name = "Reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ReconcileItemAdminResource {
    private static final Set<String> FILTERS = Set.of("rail", "kind", "state", "payoutId");
    private static final List<String> STATES = List.of("open", "explained", "cleared");
    private static final Csv<ReconcileItemView> CSV = new Csv<>(ReconcileItemView.COLUMNS, ReconcileItemView::cells);

    private final ReconcileItemQueries queries;
    private final Rails rails;
    private final Transactions transactions;
    private final Changes changes;
    private final Caller caller;
    private final Lists lists;
    private final Clock clock;

    ReconcileItemAdminResource(
            ReconcileItemQueries queries,
            Rails rails,
            Transactions transactions,
            Changes changes,
            Caller caller,
            Lists lists,
            Clock clock) {
        this.queries = queries;
        this.rails = rails;
        this.transactions = transactions;
        this.changes = changes;
        this.caller = caller;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listReconcileItems", summary = "List what differs between the books and the providers")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), ReconcileItemView::key, view -> view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), ReconcileItemView::key, CSV);
    }

    private Source<ReconcileItemView> source(UriInfo uri) {
        ReconcileItemQueries.Filter filter = new ReconcileItemQueries.Filter(
                Params.oneOf(uri, "rail", rails.names()),
                Params.oneOf(uri, "kind", Difference.Kind.values()),
                Params.id(uri, "payoutId", TypeId.PAYOUT),
                Params.oneOf(uri, "state", STATES));
        return (before, limit) -> transactions.read(c -> queries.list(c, before, limit, filter));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getReconcileItem", summary = "Read one difference")
    public Uni<ReconcileItemView> get(@PathParam("id") String id) {
        UUID item = id(id);
        return transactions.read(c -> queries.find(c, item)).map(found -> found.orElseThrow(() -> missing()));
    }

    @POST
    @Path("{id}/explain")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = ReconcileItemView.class, responseCode = "200")
    @Operation(operationId = "explainReconcileItem", summary = "Say why a difference is as it should be")
    public Uni<Response> explain(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ExplainInput body) {
        String note = Params.body(body).checked();
        UUID item = id(id);
        return changes.make(key, body, tx -> queries.lock(tx, item)
                .map(found -> found.orElseThrow(() -> missing()))
                .chain(before -> explain(tx, item, before, note)));
    }

    /** Another note may replace the first; the audit keeps both. */
    private Uni<Change> explain(SqlConnection tx, UUID item, ReconcileItemView before, String note) {
        if (before.clearedAt() != null)
            throw new Problem(ProblemKind.CONFLICT, "It is so no longer, so there is nothing to explain");
        return queries.explain(tx, item, caller.id(), note, clock.instant().truncatedTo(ChronoUnit.MICROS))
                .chain(() -> queries.find(tx, item))
                .map(after ->
                        new Change("reconcile_item.explain", TypeId.RECONCILE_ITEM, item, before, after.orElseThrow()));
    }

    private static UUID id(String id) {
        return Params.path(id, TypeId.RECONCILE_ITEM, "Reconcile item");
    }

    private static Problem missing() {
        return Problem.notFound("Reconcile item");
    }
}
