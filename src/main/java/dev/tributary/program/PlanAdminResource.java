package dev.tributary.program;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Page;
import dev.tributary.page.Params;
import dev.tributary.postgres.Notifier;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
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
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The plans of a program, for staff. */
@Path("/api/admin/programs/{programId}/plans")
@Tag(name = "Plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class PlanAdminResource {
    /** Whoever holds plans in memory listens to it. */
    private static final String CHANNEL = "discount_codes";

    private final PlanRepository repository;
    private final ProgramRepository programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Notifier notifier;
    private final Ids ids;
    private final Clock clock;

    PlanAdminResource(
            PlanRepository repository,
            ProgramRepository programs,
            Transactions transactions,
            Changes changes,
            Notifier notifier,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.notifier = notifier;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listPlans", summary = "List a program's plans, from the lowest up")
    public Uni<Response> list(@PathParam("programId") String programId, @Context UriInfo uri) {
        Params.only(uri, Set.of());
        UUID program = program(programId);
        return transactions.read(c -> programs.find(c, program)
                .chain(found -> repository.of(c, program))
                .map(PlanAdminResource::page));
    }

    private static Response page(List<Plan> plans) {
        return Response.ok(new Page<>(plans.stream().map(PlanView::of).toList(), null))
                .build();
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = PlanView.class, responseCode = "201")
    @Operation(operationId = "createPlan", summary = "Create a plan")
    public Uni<Response> create(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            PlanInput body) {
        PlanInput input = Params.body(body);
        UUID program = program(programId);
        return changes.make(
                key,
                input,
                tx -> locked(tx, program, plans -> insert(tx, input.make(ids.next(), program, room(plans), now()))));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = PlanView.class, responseCode = "200")
    @Operation(operationId = "updatePlan", summary = "Change a plan")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            @PathParam("id") String id,
            PlanInput body) {
        PlanInput input = Params.body(body);
        UUID plan = Params.path(id, TypeId.PLAN, "Plan");
        return changes.make(
                key,
                input,
                tx -> locked(
                        tx,
                        program(programId),
                        plans -> replace(tx, among(plans, plan), input.over(among(plans, plan), now()))));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @Operation(operationId = "deletePlan", summary = "Take a plan away that no discount code asks for")
    public Uni<Response> delete(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID plan = Params.path(id, TypeId.PLAN, "Plan");
        return changes.make(null, "", tx -> locked(tx, program(programId), plans -> remove(tx, among(plans, plan))));
    }

    /** The work with all plans of the program, which is locked until the end. */
    private Uni<Change> locked(SqlConnection tx, UUID program, Function<List<Plan>, Uni<Change>> work) {
        notifier.changedBy(tx, CHANNEL);
        return programs.lock(tx, program)
                .chain(found -> repository.of(tx, program))
                .chain(plans -> work.apply(plans));
    }

    private Uni<Change> insert(SqlConnection tx, Plan made) {
        return repository.insert(tx, made).replaceWith(() -> Change.created(TypeId.PLAN, made.id(), PlanView.of(made)));
    }

    private Uni<Change> replace(SqlConnection tx, Plan old, Plan changed) {
        return repository
                .update(tx, changed)
                .replaceWith(() -> Change.updated(TypeId.PLAN, old.id(), PlanView.of(old), PlanView.of(changed)));
    }

    private Uni<Change> remove(SqlConnection tx, Plan old) {
        return repository
                .delete(tx, old.id())
                .replaceWith(() -> Change.deleted(TypeId.PLAN, old.id(), PlanView.of(old)));
    }

    private static UUID program(String id) {
        return Params.path(id, TypeId.PROGRAM, "Program");
    }

    private static Plan among(List<Plan> plans, UUID id) {
        return plans.stream()
                .filter(plan -> plan.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Plan"));
    }

    private static List<Plan> room(List<Plan> plans) {
        if (plans.size() >= Plan.MOST)
            throw new Problem(ProblemKind.CONFLICT, "A program has at most " + Plan.MOST + " plans");
        return plans;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
