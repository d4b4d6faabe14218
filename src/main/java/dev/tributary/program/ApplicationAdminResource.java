package dev.tributary.program;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.affiliate.PartnerType;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The queue of applications, for staff. */
@Path("/api/admin/applications")
@Tag(name = "Applications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ApplicationAdminResource {
    private static final Set<String> FILTERS =
            Set.of("programId", "affiliateId", "status", "kycStatus", "partnerType", "country");
    private static final List<String> STATUSES =
            Stream.of(ApplicationStatus.values()).map(ApplicationStatus::word).toList();
    private static final List<String> FINDINGS =
            Stream.of(KycStatus.values()).map(KycStatus::word).toList();
    private static final List<String> TYPES =
            Stream.of(PartnerType.values()).map(PartnerType::word).toList();
    private static final Csv<ApplicationView> CSV = new Csv<>(
            List.of(
                    "id",
                    "programName",
                    "affiliateId",
                    "name",
                    "email",
                    "country",
                    "partnerType",
                    "status",
                    "kycStatus",
                    "wantedCode",
                    "reason",
                    "createdAt",
                    "decidedAt"),
            a -> List.of(
                    a.id(),
                    a.programName(),
                    a.affiliateId(),
                    a.name(),
                    a.email(),
                    a.country(),
                    a.partnerType().word(),
                    a.status().word(),
                    a.kycStatus().word(),
                    Objects.requireNonNullElse(a.wantedCode(), ""),
                    Objects.requireNonNullElse(a.reason(), ""),
                    a.createdAt().toString(),
                    Objects.toString(a.decidedAt(), "")));

    private final ApplicationQueries queries;
    private final Applications applications;
    private final ApplicationDecisions decisions;
    private final Changes changes;
    private final Caller caller;
    private final Lists lists;

    ApplicationAdminResource(
            ApplicationQueries queries,
            Applications applications,
            ApplicationDecisions decisions,
            Changes changes,
            Caller caller,
            Lists lists) {
        this.queries = queries;
        this.applications = applications;
        this.decisions = decisions;
        this.changes = changes;
        this.caller = caller;
        this.lists = lists;
    }

    /** An approval. */
    @Schema(name = "ApprovalInput")
    record ApprovalInput(
            @Schema(examples = "Welcome!", maxLength = 1000, description = "What the affiliate is told") @Nullable
                    String reason,
            @Schema(
                            examples = "ECO10",
                            description =
                                    "The referral code; else the one that was asked for or one like it, else made up")
                    @Nullable
                    String referralCode,
            @Schema(examples = "ECO10", description = "The text of the promo code; else that of the referral code")
                    @Nullable
                    String promoCode) {}

    /** A reason that the affiliate is told. */
    @Schema(name = "ReasonInput")
    record ReasonInput(
            @Schema(examples = "Please tell us where you publish", maxLength = 1000, required = true) @Nullable
                    String reason) {}

    /** What was found out about who applies. */
    @Schema(name = "KycInput")
    record KycInput(@Schema(required = true, description = "clear, refused or review") @Nullable KycStatus status) {}

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listApplications", summary = "List applications, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), l -> l.application().id(), ApplicationView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        Source<ApplicationListing> source = source(uri);
        Source<ApplicationView> views = (before, limit) -> source.read(before, limit)
                .map(page -> page.stream().map(ApplicationView::of).toList());
        return lists.csv(
                uri, FILTERS, views, a -> TypeId.APPLICATION.parse(a.id()).orElseThrow(), CSV);
    }

    private Source<ApplicationListing> source(UriInfo uri) {
        ApplicationQueries.Filter filter = new ApplicationQueries.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.oneOf(uri, "status", STATUSES),
                Params.oneOf(uri, "kycStatus", FINDINGS),
                Params.oneOf(uri, "partnerType", TYPES),
                uri.getQueryParameters().getFirst("country"));
        return (before, limit) -> queries.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getApplication", summary = "Read one application")
    public Uni<ApplicationView> get(@PathParam("id") String id) {
        return queries.find(application(id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Application")))
                .map(ApplicationView::of);
    }

    @POST
    @Path("{id}/approve")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ApplicationView.class, responseCode = "200")
    @Operation(operationId = "approveApplication", summary = "Take an applicant into the program")
    public Uni<Response> approve(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ApprovalInput body) {
        ApprovalInput input = Params.body(body);
        return decisions.make(
                key,
                application(id),
                ApplicationDecision.approve(input.reason, input.referralCode, input.promoCode)
                        .checked());
    }

    @POST
    @Path("{id}/reject")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ApplicationView.class, responseCode = "200")
    @Operation(operationId = "rejectApplication", summary = "Turn an applicant down, with a reason")
    public Uni<Response> reject(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReasonInput body) {
        ReasonInput input = Params.body(body);
        return decisions.make(
                key, application(id), ApplicationDecision.reject(input.reason).checked());
    }

    @POST
    @Path("{id}/request-info")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ApplicationView.class, responseCode = "200")
    @Operation(operationId = "requestApplicationInfo", summary = "Ask an applicant for more")
    public Uni<Response> requestInfo(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ReasonInput body) {
        ReasonInput input = Params.body(body);
        return decisions.make(
                key,
                application(id),
                ApplicationDecision.requestInfo(input.reason).checked());
    }

    @POST
    @Path("{id}/kyc")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ApplicationView.class, responseCode = "200")
    @Operation(operationId = "setApplicationKyc", summary = "Note what was found out about who applies")
    public Uni<Response> kyc(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, KycInput body) {
        KycInput input = Params.body(body);
        if (input.status == null || input.status == KycStatus.PENDING)
            throw Problem.field("status", "required", "status is clear, refused or review");
        UUID application = application(id);
        return changes.make(key, input, tx -> queries.lock(tx, application)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Application")))
                .chain(old -> applications
                        .note(tx, old.application(), input.status, caller.id())
                        .chain(() -> queries.find(tx, application))
                        .map(now -> new Change(
                                "application.kyc",
                                TypeId.APPLICATION,
                                application,
                                ApplicationView.of(old),
                                ApplicationView.of(now.orElseThrow())))));
    }

    @POST
    @Path("decisions")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ApplicationDecisions.Outcomes.class, responseCode = "200")
    @Operation(operationId = "decideApplications", summary = "Decide up to 100 applications, each by itself")
    public Uni<Response> decide(@HeaderParam(Idempotency.HEADER) @Nullable String key, ApplicationDecisionsInput body) {
        return decisions.makeAll(key, Params.body(body)).map(done -> Response.ok(done)
                .build());
    }

    private static UUID application(String id) {
        return Params.path(id, TypeId.APPLICATION, "Application");
    }
}
