package dev.tributary.commission;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The commissions, for staff. */
@Path("/api/admin/commissions")
@Tag(name = "Commissions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class CommissionAdminResource {
    private static final Set<String> FILTERS =
            Set.of("programId", "affiliateId", "status", "conversionId", "source", "from", "to");
    private static final List<String> SOURCES =
            List.of("conversion", "commission", "milestone", "contest", "adjustment");

    private final CommissionQueries queries;
    private final Decisions decisions;
    private final Changes changes;
    private final Idempotency idempotency;
    private final Caller caller;
    private final Lists lists;

    CommissionAdminResource(
            CommissionQueries queries,
            Decisions decisions,
            Changes changes,
            Idempotency idempotency,
            Caller caller,
            Lists lists) {
        this.queries = queries;
        this.decisions = decisions;
        this.changes = changes;
        this.idempotency = idempotency;
        this.caller = caller;
        this.lists = lists;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listBookedCommissions", summary = "List commissions with their arithmetic, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), BookedView.Line::id, BookedView.Line::view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), BookedView.Line::id, BookedView.CSV);
    }

    private Source<BookedView.Line> source(UriInfo uri) {
        CommissionQueries.Filter filter = new CommissionQueries.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.oneOf(uri, "status", BookedView.STATUSES),
                Params.id(uri, "conversionId", TypeId.CONVERSION),
                Params.oneOf(uri, "source", SOURCES),
                Params.time(uri, "from"),
                Params.time(uri, "to"));
        return (before, limit) -> queries.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getBookedCommission", summary = "Read one commission with its arithmetic")
    public Uni<BookedView> get(@PathParam("id") String id) {
        return queries.find(commission(id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Commission")))
                .map(BookedView.Line::view);
    }

    @POST
    @Path("{id}/approve")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = BookedView.class, responseCode = "200")
    @Operation(operationId = "approveCommission", summary = "Make a commission payable now")
    public Uni<Response> approve(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            DecisionInput.Reason body) {
        return decide(key, id, Verb.APPROVE, body);
    }

    @POST
    @Path("{id}/hold")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = BookedView.class, responseCode = "200")
    @Operation(operationId = "holdCommission", summary = "Keep a commission from being paid until staff approve it")
    public Uni<Response> hold(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            DecisionInput.Reason body) {
        return decide(key, id, Verb.HOLD, body);
    }

    @POST
    @Path("{id}/reject")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = BookedView.class, responseCode = "200")
    @Operation(operationId = "rejectCommission", summary = "Refuse a commission for good")
    public Uni<Response> reject(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            DecisionInput.Reason body) {
        return decide(key, id, Verb.REJECT, body);
    }

    private Uni<Response> decide(@Nullable String key, String id, Verb verb, DecisionInput.Reason body) {
        DecisionInput.Reason input = Params.body(body);
        String reason = input.checked(verb);
        UUID commission = commission(id);
        return changes.make(key, input, tx -> decisions.one(tx, commission, verb, reason));
    }

    @POST
    @Path("decisions")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = Decisions.Outcomes.class, responseCode = "200")
    @Operation(operationId = "decideCommissions", summary = "Approve, hold or reject up to 100 commissions")
    public Uni<Response> decideAll(@HeaderParam(Idempotency.HEADER) @Nullable String key, DecisionInput body) {
        DecisionInput input = Params.body(body);
        List<UUID> asked = input.commissions();
        Verb decision = Objects.requireNonNull(input.decision());
        String reason = input.reason() == null ? "" : input.reason();
        return idempotency.run(key, caller.method() + " " + caller.path(), input, tx -> decisions
                .some(tx, asked, decision, reason)
                .map(done -> Response.ok(done).build()));
    }

    private static UUID commission(String id) {
        return Params.path(id, TypeId.COMMISSION, "Commission");
    }
}
