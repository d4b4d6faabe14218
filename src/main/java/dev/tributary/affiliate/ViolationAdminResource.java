package dev.tributary.affiliate;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.problem.Problem;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What an affiliate did against the terms, for staff. */
@Path("/api/admin/affiliates/{affiliateId}/violations")
@Tag(name = "Affiliates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ViolationAdminResource {
    private static final Set<String> FILTERS = Set.of("kind");
    private static final List<String> KINDS = AffiliateAdminResource.words(ViolationKind.values(), ViolationKind::word);
    private static final Csv<Violation> CSV = new Csv<>(
            List.of(
                    "id",
                    "programId",
                    "kind",
                    "severity",
                    "evidence",
                    "evidenceUrl",
                    "action",
                    "createdAt",
                    "createdBy"),
            v -> List.of(
                    TypeId.VIOLATION.format(v.id()),
                    v.programId() == null ? "" : TypeId.PROGRAM.format(v.programId()),
                    v.kind().word(),
                    v.severity().word(),
                    v.evidence(),
                    v.evidenceUrl(),
                    v.action().word(),
                    v.createdAt().toString(),
                    v.createdBy()));

    private final ViolationRepository repository;
    private final Affiliates affiliates;
    private final Changes changes;
    private final Caller caller;
    private final Lists lists;
    private final Ids ids;

    ViolationAdminResource(
            ViolationRepository repository,
            Affiliates affiliates,
            Changes changes,
            Caller caller,
            Lists lists,
            Ids ids) {
        this.repository = repository;
        this.affiliates = affiliates;
        this.changes = changes;
        this.caller = caller;
        this.lists = lists;
        this.ids = ids;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listViolations", summary = "List an affiliate's violations, newest first")
    public Uni<Response> list(@PathParam("affiliateId") String affiliateId, @Context UriInfo uri) {
        return affiliates
                .require(id(affiliateId))
                .chain(found -> lists.json(uri, FILTERS, source(found.id(), uri), Violation::id, ViolationView::of));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@PathParam("affiliateId") String affiliateId, @Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(id(affiliateId), uri), Violation::id, CSV);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getViolation", summary = "Read one violation")
    public Uni<ViolationView> get(@PathParam("affiliateId") String affiliateId, @PathParam("id") String id) {
        UUID violation = Params.path(id, TypeId.VIOLATION, "Violation");
        return repository.find(id(affiliateId), violation).map(found -> found.map(ViolationView::of)
                .orElseThrow(() -> Problem.notFound("Violation")));
    }

    private Source<Violation> source(UUID affiliate, UriInfo uri) {
        String kind = Params.oneOf(uri, "kind", KINDS);
        return (before, limit) -> repository.list(affiliate, before, limit, kind);
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = ViolationView.class, responseCode = "201")
    @Operation(operationId = "recordViolation", summary = "Record a violation, and suspend or ban")
    public Uni<Response> record(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("affiliateId") String affiliateId,
            ViolationInput body) {
        ViolationInput input = Params.body(body);
        Violation made = input.make(ids.next(), id(affiliateId), caller.id(), affiliates.now());
        return changes.make(key, input, tx -> affiliates
                .lock(tx, made.affiliateId())
                .call(affiliate -> stop(tx, affiliate, made))
                .chain(() -> repository.insert(tx, made))
                .replaceWith(() -> Change.created(TypeId.VIOLATION, made.id(), ViolationView.of(made))));
    }

    private Uni<Affiliate> stop(SqlConnection tx, Affiliate affiliate, Violation violation) {
        String reason = "%s: %s".formatted(violation.kind().word(), TypeId.VIOLATION.format(violation.id()));
        return affiliates.become(tx, affiliate, violation.action().on(affiliate.status()), reason);
    }

    private static UUID id(String affiliateId) {
        return Params.path(affiliateId, TypeId.AFFILIATE, "Affiliate");
    }
}
