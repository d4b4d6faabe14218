package dev.tributary.payout.admin;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.payout.Next;
import dev.tributary.payout.Payouts;
import dev.tributary.payout.Plan;
import dev.tributary.payout.StoredPayout;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What waits for people about payouts. */
@Path("/api/admin/payout-tasks")
@Tag(name = "Payouts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class TaskAdminResource {
    private static final Set<String> FILTERS = Set.of("open", "ask", "payoutId", "programId");

    private final TaskRepository repository;
    private final Payouts payouts;
    private final Rails rails;
    private final Transactions transactions;
    private final Changes changes;
    private final Caller caller;
    private final Lists lists;
    private final Clock clock;

    TaskAdminResource(
            TaskRepository repository,
            Payouts payouts,
            Rails rails,
            Transactions transactions,
            Changes changes,
            Caller caller,
            Lists lists,
            Clock clock) {
        this.repository = repository;
        this.payouts = payouts;
        this.rails = rails;
        this.transactions = transactions;
        this.changes = changes;
        this.caller = caller;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listPayoutTasks", summary = "List what waits for people, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), TaskView.Line::id, TaskView.Line::view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), TaskView.Line::id, TaskView.CSV);
    }

    private Source<TaskView.Line> source(UriInfo uri) {
        @Nullable String open = Params.oneOf(uri, "open", List.of("true", "false"));
        TaskRepository.Filter filter = new TaskRepository.Filter(
                open == null ? null : Boolean.valueOf(open),
                Params.line(uri, "ask"),
                Params.id(uri, "payoutId", TypeId.PAYOUT),
                Params.id(uri, "programId", TypeId.PROGRAM));
        return (before, limit) -> repository.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getPayoutTask", summary = "Read one task")
    public Uni<TaskView> get(@PathParam("id") String id) {
        UUID task = task(id);
        return transactions
                .read(c -> repository.find(c, task))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Task")).view());
    }

    @POST
    @Path("{id}/close")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = TaskView.class, responseCode = "200")
    @Operation(operationId = "closePayoutTask", summary = "Note that a task has been seen to")
    public Uni<Response> close(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, NoteInput body) {
        NoteInput input = Params.body(body);
        String note = input.checked();
        UUID task = task(id);
        return changes.make(key, input, tx -> repository
                .find(tx, task)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Task")))
                .call(found -> refuseWhileAsked(tx, found))
                .chain(() -> repository.lock(tx, task))
                .chain(found -> close(tx, found.orElseThrow(), note)));
    }

    /** A payout that waits for this answer goes on when it is decided, and would be forgotten without its task. */
    private Uni<Void> refuseWhileAsked(SqlConnection tx, TaskView.Line task) {
        if (task.payoutId() == null || !task.view().isOpen())
            return Uni.createFrom().voidItem();
        return payouts.lock(tx, task.payoutId())
                .invoke(payout -> {
                    if (asks(payout).equals(task.view().ask()))
                        throw new Problem(
                                ProblemKind.CONFLICT, "Decide about the payout, which closes the task by itself");
                })
                .replaceWithVoid();
    }

    /** What a person is to decide about it before it goes on; nothing where it goes on by itself or is over. */
    private String asks(StoredPayout payout) {
        Plan plan = new Plan(rails.get(payout.rail()).traits());
        return plan.next(payout.payout(), clock.instant()) instanceof Next.AskPerson person
                ? person.ask().word()
                : "";
    }

    private Uni<Change> close(SqlConnection tx, TaskView.Line task, String note) {
        if (!task.view().isOpen()) throw new Problem(ProblemKind.CONFLICT, "This task is closed already");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        TaskView closed = task.view().closed(now, caller.id(), note);
        return repository
                .close(tx, task.id(), now, caller.id(), note)
                .replaceWith(() -> new Change("payout_task.close", TypeId.PAYOUT_TASK, task.id(), task.view(), closed));
    }

    private static UUID task(String id) {
        return Params.path(id, TypeId.PAYOUT_TASK, "Task");
    }
}
