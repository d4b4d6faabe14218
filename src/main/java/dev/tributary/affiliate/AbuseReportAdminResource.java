package dev.tributary.affiliate;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
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
import jakarta.ws.rs.PATCH;
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

/** The queue of reports, for staff. What follows from one is recorded as a violation. */
@Path("/api/admin/abuse-reports")
@Tag(name = "Abuse reports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class AbuseReportAdminResource {
    private static final Set<String> FILTERS = Set.of("status", "kind", "affiliateId");
    private static final Csv<AbuseReport> CSV = new Csv<>(
            List.of("id", "status", "kind", "affiliateId", "code", "message", "note", "createdAt"),
            r -> List.of(
                    TypeId.ABUSE_REPORT.format(r.id()),
                    r.status().word(),
                    r.kind().word(),
                    r.affiliateId() == null ? "" : TypeId.AFFILIATE.format(r.affiliateId()),
                    r.code(),
                    r.message(),
                    r.note(),
                    r.createdAt().toString()));

    private final AbuseReportRepository repository;
    private final Changes changes;
    private final Caller caller;
    private final Lists lists;
    private final Clock clock;

    AbuseReportAdminResource(
            AbuseReportRepository repository, Changes changes, Caller caller, Lists lists, Clock clock) {
        this.repository = repository;
        this.changes = changes;
        this.caller = caller;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listAbuseReports", summary = "List the reports of abuse, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), AbuseReport::id, AbuseReportView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), AbuseReport::id, CSV);
    }

    private Source<AbuseReport> source(UriInfo uri) {
        AbuseReportRepository.Filter filter = new AbuseReportRepository.Filter(
                Params.oneOf(
                        uri,
                        "status",
                        AffiliateAdminResource.words(AbuseReport.Status.values(), AbuseReport.Status::word)),
                Params.oneOf(uri, "kind", AffiliateAdminResource.words(ViolationKind.values(), ViolationKind::word)),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE));
        return (before, limit) -> repository.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getAbuseReport", summary = "Read one report of abuse")
    public Uni<AbuseReportView> get(@PathParam("id") String id) {
        return repository
                .find(id(id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Abuse report")))
                .map(AbuseReportView::of);
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = AbuseReportView.class, responseCode = "200")
    @Operation(operationId = "handleAbuseReport", summary = "Confirm or dismiss a report of abuse, or open it again")
    public Uni<Response> handle(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, AbuseReportChange body) {
        AbuseReportChange input = Params.body(body).checked();
        UUID report = id(id);
        return changes.make(key, input, tx -> repository
                .lock(tx, report)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Abuse report")))
                .chain(old -> save(
                        tx, old, input.over(old, caller.id(), clock.instant().truncatedTo(ChronoUnit.MICROS)))));
    }

    private Uni<Change> save(SqlConnection tx, AbuseReport old, AbuseReport changed) {
        return repository
                .update(tx, changed)
                .replaceWith(() -> Change.updated(
                        TypeId.ABUSE_REPORT, old.id(), AbuseReportView.of(old), AbuseReportView.of(changed)));
    }

    private static UUID id(String id) {
        return Params.path(id, TypeId.ABUSE_REPORT, "Abuse report");
    }
}
