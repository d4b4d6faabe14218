package dev.tributary.promo;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The discount codes, for staff. */
@Path("/api/admin/discount-codes")
@Tag(name = "Discount codes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class DiscountCodeAdminResource {
    private static final Set<String> FILTERS = Set.of("programId", "affiliateId", "status", "search", "batchId");
    private static final List<String> STATUSES = List.of("active", "paused", "expired", "archived");

    private final CodeQueries queries;
    private final CodeChanges codes;
    private final Transactions transactions;
    private final Changes changes;
    private final Lists lists;
    private final Clock clock;

    DiscountCodeAdminResource(
            CodeQueries queries,
            CodeChanges codes,
            Transactions transactions,
            Changes changes,
            Lists lists,
            Clock clock) {
        this.queries = queries;
        this.codes = codes;
        this.transactions = transactions;
        this.changes = changes;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listDiscountCodes", summary = "List discount codes, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), DiscountCode::id, this::view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        Csv<DiscountCode> csv = CodeCsv.ROWS.of(this::view);
        return lists.csv(uri, FILTERS, source(uri), DiscountCode::id, csv);
    }

    private Source<DiscountCode> source(UriInfo uri) {
        CodeQueries.Filter filter = new CodeQueries.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.oneOf(uri, "status", STATUSES),
                Params.line(uri, "search"),
                Params.id(uri, "batchId", TypeId.DISCOUNT_BATCH));
        return (before, limit) -> queries.list(before, limit, filter, clock.instant());
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getDiscountCode", summary = "Read one discount code")
    public Uni<DiscountCodeView> get(@PathParam("id") String id) {
        UUID code = code(id);
        return transactions
                .read(c -> queries.find(c, code))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Discount code")))
                .map(this::view);
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = DiscountCodeView.class, responseCode = "201")
    @Operation(operationId = "createDiscountCode", summary = "Create a discount code")
    public Uni<Response> create(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @Nullable DiscountCodeInput body) {
        DiscountCodeInput input = Params.body(body);
        return changes.make(key, input, tx -> codes.create(tx, input));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = DiscountCodeView.class, responseCode = "200")
    @Operation(operationId = "updateDiscountCode", summary = "Change, pause, activate or archive a discount code")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("id") String id,
            @Nullable DiscountCodeInput body) {
        DiscountCodeInput input = Params.body(body).asChange();
        UUID code = code(id);
        return changes.make(key, input, tx -> codes.update(tx, code, input));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "It is archived; a second time changes nothing.")
    @Operation(operationId = "archiveDiscountCode", summary = "Archive a discount code for ever")
    public Uni<Response> archive(@PathParam("id") String id) {
        UUID code = code(id);
        return changes.make(null, "", tx -> codes.archive(tx, code))
                .map(done -> Response.noContent().build());
    }

    private DiscountCodeView view(DiscountCode code) {
        return DiscountCodeView.of(code, clock.instant());
    }

    private static UUID code(String id) {
        return Params.path(id, TypeId.DISCOUNT_CODE, "Discount code");
    }
}
