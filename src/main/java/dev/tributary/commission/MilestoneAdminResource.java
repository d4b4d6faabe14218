package dev.tributary.commission;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The milestones of programs, for staff. */
@Path("/api/admin/milestones")
@Tag(name = "Milestones")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class MilestoneAdminResource {
    /** Steps that a person can still tell apart; all are read with each assessment. */
    private static final int MOST = 50;

    private static final Set<String> FILTERS = Set.of("programId", "active");

    private final MilestoneRepository repository;
    private final AwardRepository awards;
    private final Programs programs;
    private final Changes changes;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    MilestoneAdminResource(
            MilestoneRepository repository,
            AwardRepository awards,
            Programs programs,
            Changes changes,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.awards = awards;
        this.programs = programs;
        this.changes = changes;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listMilestones", summary = "List milestones, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), Milestone::id, MilestoneView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), Milestone::id, MilestoneView.CSV.of(MilestoneView::of));
    }

    private Source<Milestone> source(UriInfo uri) {
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        @Nullable String active = Params.oneOf(uri, "active", List.of("true", "false"));
        return (before, limit) ->
                repository.list(before, limit, program, active == null ? null : Boolean.valueOf(active));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getMilestone", summary = "Read one milestone")
    public Uni<MilestoneView> get(@PathParam("id") String id) {
        return repository
                .find(milestone(id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Milestone")))
                .map(MilestoneView::of);
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = MilestoneView.class, responseCode = "201")
    @Operation(operationId = "createMilestone", summary = "Promise a bonus for a number of converted referrals")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, MilestoneInput body) {
        MilestoneInput input = Params.body(body).forNew();
        UUID program = TypeId.PROGRAM
                .parse(input.programId() == null ? "" : input.programId())
                .orElseThrow(() ->
                        Problem.field("programId", "malformed", "programId starts with " + TypeId.PROGRAM.prefix()));
        return changes.make(key, input, tx -> programs.find(tx, program)
                .map(found ->
                        found.orElseThrow(() -> Problem.field("programId", "unknown", "There is no such program")))
                .call(found -> refuseTooMany(tx, program))
                .map(found -> input.over(draft(found), now()))
                .call(made -> repository.insert(tx, made))
                .call(made -> awards.markProgram(tx, program))
                .map(made -> Change.created(TypeId.MILESTONE, made.id(), MilestoneView.of(made))));
    }

    private Milestone draft(Program program) {
        Instant now = now();
        return new Milestone(ids.next(), program.id(), "", 1, 1, program.currency(), "", true, null, 0, now, now);
    }

    private Uni<Void> refuseTooMany(SqlConnection tx, UUID program) {
        return repository
                .count(tx, program)
                .invoke(count -> {
                    if (count >= MOST)
                        throw new Problem(ProblemKind.CONFLICT, "A program has at most %d milestones".formatted(MOST));
                })
                .replaceWithVoid();
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = MilestoneView.class, responseCode = "200")
    @Operation(operationId = "updateMilestone", summary = "Change a milestone")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, MilestoneInput body) {
        MilestoneInput input = Params.body(body).asChange();
        UUID milestone = milestone(id);
        return changes.make(key, input, tx -> lock(tx, milestone).chain(old -> {
            Milestone changed = input.over(old, now());
            return repository
                    .update(tx, changed)
                    .chain(() -> awards.markProgram(tx, old.programId()))
                    .replaceWith(() -> Change.updated(
                            TypeId.MILESTONE, old.id(), MilestoneView.of(old), MilestoneView.of(changed)));
        }));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @Operation(operationId = "deleteMilestone", summary = "Delete a milestone that nobody has reached")
    public Uni<Response> delete(@PathParam("id") String id) {
        UUID milestone = milestone(id);
        return changes.make(null, "", tx -> lock(tx, milestone)
                .call(old -> repository.delete(tx, milestone))
                .map(old -> Change.deleted(TypeId.MILESTONE, milestone, MilestoneView.of(old))));
    }

    private Uni<Milestone> lock(SqlConnection tx, UUID milestone) {
        return repository.lock(tx, milestone).map(found -> found.orElseThrow(() -> Problem.notFound("Milestone")));
    }

    private static UUID milestone(String id) {
        return Params.path(id, TypeId.MILESTONE, "Milestone");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
