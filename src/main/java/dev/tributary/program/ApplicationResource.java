package dev.tributary.program;

import static java.util.Objects.requireNonNullElse;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.affiliate.Affiliate;
import dev.tributary.affiliate.Affiliates;
import dev.tributary.affiliate.Channel;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** An account's own applications. Those of others are not found. */
@Path(ApplicationResource.PATH)
@Tag(name = "Applications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ApplicationResource {
    static final String PATH = "/api/affiliate/applications";

    private final ApplicationQueries queries;
    private final Applications applications;
    private final Affiliates affiliates;
    private final Caller caller;
    private final Changes changes;
    private final Lists lists;
    private final Clock clock;

    ApplicationResource(
            ApplicationQueries queries,
            Applications applications,
            Affiliates affiliates,
            Caller caller,
            Changes changes,
            Lists lists,
            Clock clock) {
        this.queries = queries;
        this.applications = applications;
        this.affiliates = affiliates;
        this.caller = caller;
        this.changes = changes;
        this.lists = lists;
        this.clock = clock;
    }

    /** Answers to what staff asked for. What is left out stays as it was. */
    @Schema(name = "ApplicationChange")
    record Answers(
            @Schema(maxItems = 20) @Nullable List<Channel> channels,
            @Schema(examples = "Weekly posts about refills", maxLength = 2000) @Nullable String promotion,
            @Schema(implementation = String.class, examples = "ECO10", description = "null takes the wish back")
                    @Nullable
                    Optional<String> wantedCode) {
        Application over(Application old, Instant now) {
            ApplicationForm form = new ApplicationForm(
                    requireNonNullElse(channels, old.form().channels()),
                    requireNonNullElse(promotion, old.form().promotion()));
            return old.answered(form, wantedCode == null ? old.wantedCode() : wantedCode.orElse(null), now);
        }
    }

    @GET
    @RolesAllowed("affiliate")
    @Operation(operationId = "listOwnApplications", summary = "List your applications, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(affiliate -> lists.json(
                        uri,
                        Set.of(),
                        (before, limit) -> queries.list(before, limit, ApplicationQueries.Filter.of(affiliate)),
                        l -> l.application().id(),
                        OwnApplicationView::of));
    }

    @GET
    @Path("{id}")
    @RolesAllowed("affiliate")
    @Operation(operationId = "getOwnApplication", summary = "Read one of your applications")
    public Uni<OwnApplicationView> get(@PathParam("id") String id) {
        UUID application = Params.path(id, TypeId.APPLICATION, "Application");
        return caller.affiliate()
                .chain(affiliate -> queries.find(application).map(found -> own(found, affiliate)))
                .map(OwnApplicationView::of);
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("affiliate")
    @APIResponseSchema(value = OwnApplicationView.class, responseCode = "200")
    @Operation(
            operationId = "answerApplication",
            summary = "Tell what you were asked, and hand the application in again")
    public Uni<Response> answer(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, Answers body) {
        Answers input = Params.body(body);
        if (input.wantedCode != null) input.wantedCode.ifPresent(code -> ReferralCodes.require("wantedCode", code));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return change(key, id, input, "application.answer", (tx, old) -> affiliates
                .lock(tx, old.affiliateId())
                .map(affiliate -> checked(affiliate, input.over(old, now), now)));
    }

    private static Application checked(Affiliate affiliate, Application answered, Instant now) {
        RegistrationInput.form(affiliate, answered.form(), now);
        return answered;
    }

    @POST
    @Path("{id}/withdraw")
    @RolesAllowed("affiliate")
    @APIResponseSchema(value = OwnApplicationView.class, responseCode = "200")
    @Operation(operationId = "withdrawApplication", summary = "Take an application back")
    public Uni<Response> withdraw(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return change(key, id, id, "application.withdraw", (tx, old) -> Uni.createFrom()
                .item(old)
                .map(waiting -> waiting.withdrawn(now)));
    }

    private interface Step {
        Uni<Application> from(SqlConnection tx, Application old);
    }

    private Uni<Response> change(@Nullable String key, String id, Object request, String action, Step step) {
        UUID application = Params.path(id, TypeId.APPLICATION, "Application");
        return caller.affiliate()
                .chain(affiliate -> changes.make(key, request, tx -> queries.lock(tx, application)
                        .map(found -> own(found, affiliate))
                        .chain(old -> step.from(tx, old.application())
                                .chain(next -> applications.save(tx, next))
                                .chain(() -> queries.find(tx, application))
                                .map(now -> changed(action, old, now.orElseThrow())))));
    }

    private static Change changed(String action, ApplicationListing old, ApplicationListing now) {
        return new Change(
                action,
                TypeId.APPLICATION,
                now.application().id(),
                OwnApplicationView.of(old),
                OwnApplicationView.of(now));
    }

    private static ApplicationListing own(Optional<ApplicationListing> found, UUID affiliate) {
        return found.filter(l -> l.application().affiliateId().equals(affiliate))
                .orElseThrow(() -> Problem.notFound("Application"));
    }
}
