package dev.tributary.link;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.postgres.Notifier;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Enrollment;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The campaigns of the affiliate that asks. */
@Path("/api/affiliate/campaigns")
@Tag(name = "Links")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class AffiliateCampaignResource {
    /** Names that one person can still tell apart in a menu. */
    private static final int MOST = 500;

    private final CampaignRepository repository;
    private final OwnLinks links;
    private final Changes changes;
    private final Notifier notifier;
    private final Caller caller;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    AffiliateCampaignResource(
            CampaignRepository repository,
            OwnLinks links,
            Changes changes,
            Notifier notifier,
            Caller caller,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.links = links;
        this.changes = changes;
        this.notifier = notifier;
        this.caller = caller;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listCampaigns", summary = "List your campaigns, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        return caller.affiliate()
                .chain(me -> lists.json(
                        uri,
                        Set.of("programId"),
                        (before, limit) -> repository.list(before, limit, me, program),
                        Campaign::id,
                        CampaignView::of));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getCampaign", summary = "Read one of your campaigns")
    public Uni<CampaignView> get(@PathParam("id") String id) {
        UUID campaign = Params.path(id, TypeId.CAMPAIGN, "Campaign");
        return caller.affiliate()
                .chain(me -> repository.find(campaign).map(found -> own(found, me)))
                .map(CampaignView::of);
    }

    @POST
    @APIResponseSchema(value = CampaignView.class, responseCode = "201")
    @Operation(operationId = "createCampaign", summary = "Name a campaign for some of your links")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, CampaignInput body) {
        CampaignInput input = Params.body(body);
        return caller.affiliate()
                .chain(me -> changes.make(key, input, tx -> links.mayCreate(tx, me, input.program())
                        .call(enrollment -> refuseTooMany(tx, enrollment))
                        .map(enrollment -> input.over(draft(enrollment), now()))
                        .call(made -> repository.insert(tx, made))
                        .map(made -> Change.created(TypeId.CAMPAIGN, made.id(), CampaignView.of(made)))));
    }

    private Uni<Void> refuseTooMany(SqlConnection tx, Enrollment enrollment) {
        return repository
                .count(tx, enrollment.id())
                .invoke(count -> {
                    if (count >= MOST)
                        throw new Problem(
                                ProblemKind.CONFLICT, "There are at most %d campaigns in a program".formatted(MOST));
                })
                .replaceWithVoid();
    }

    private Campaign draft(Enrollment e) {
        Instant now = now();
        return new Campaign(ids.next(), e.id(), e.programId(), e.affiliateId(), "", "", null, null, 0, now, now);
    }

    @PATCH
    @Path("{id}")
    @APIResponseSchema(value = CampaignView.class, responseCode = "200")
    @Operation(operationId = "updateCampaign", summary = "Change one of your campaigns")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, CampaignInput body) {
        CampaignInput input = Params.body(body).asChange();
        UUID campaign = Params.path(id, TypeId.CAMPAIGN, "Campaign");
        return caller.affiliate()
                .chain(me -> changes.make(key, input, tx -> repository
                        .lock(tx, campaign)
                        .map(found -> own(found, me))
                        .chain(old -> replace(tx, old, input.over(old, now())))));
    }

    private Uni<Change> replace(SqlConnection tx, Campaign old, Campaign changed) {
        notifier.changedBy(tx, "links");
        return repository
                .update(tx, changed)
                .replaceWith(() ->
                        Change.updated(TypeId.CAMPAIGN, old.id(), CampaignView.of(old), CampaignView.of(changed)));
    }

    private static Campaign own(Optional<Campaign> found, UUID me) {
        return found.filter(c -> c.affiliateId().equals(me)).orElseThrow(() -> Problem.notFound("Campaign"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
