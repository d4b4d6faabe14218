package dev.tributary.contest;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
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

/** The contests of programs, for staff. */
@Path("/api/admin/contests")
@Tag(name = "Contests")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ContestAdminResource {
    /** Contests of a program that are not over: each is computed anew every few minutes. */
    private static final int MOST_OPEN = 20;

    private static final int USUAL_CLICKS = 50;
    private static final Set<String> FILTERS = Set.of("programId", "status");

    private final ContestRepository repository;
    private final Programs programs;
    private final Changes changes;
    private final Lists lists;
    private final ContestConfig config;
    private final Transactions transactions;
    private final Ids ids;
    private final Clock clock;

    ContestAdminResource(
            ContestRepository repository,
            Programs programs,
            Changes changes,
            Lists lists,
            ContestConfig config,
            Transactions transactions,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.changes = changes;
        this.lists = lists;
        this.config = config;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listContests", summary = "List contests, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), Contest::id, this::view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), Contest::id, ContestView.CSV.of(this::view));
    }

    private Source<Contest> source(UriInfo uri) {
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        @Nullable String status = Params.oneOf(uri, "status", ContestStatus.values());
        return (before, limit) -> repository.list(before, limit, program, status, clock.instant());
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getContest", summary = "Read one contest")
    public Uni<ContestView> get(@PathParam("id") String id) {
        UUID contest = contest(id);
        return transactions
                .read(c -> repository.find(c, contest))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Contest")))
                .map(this::view);
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = ContestView.class, responseCode = "201")
    @Operation(operationId = "createContest", summary = "Announce a contest with its prizes")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, ContestInput body) {
        ContestInput input = Params.body(body).forNew();
        UUID program = TypeId.PROGRAM
                .parse(input.programId() == null ? "" : input.programId())
                .orElseThrow(() ->
                        Problem.field("programId", "malformed", "programId starts with " + TypeId.PROGRAM.prefix()));
        return changes.make(key, input, tx -> programs.find(tx, program)
                .map(found ->
                        found.orElseThrow(() -> Problem.field("programId", "unknown", "There is no such program")))
                .call(found -> refuseTooMany(tx, program))
                .map(found -> input.over(draft(found), now()))
                .invoke(this::refusePast)
                .call(made -> repository.insert(tx, made))
                .map(made -> Change.created(TypeId.CONTEST, made.id(), view(made))));
    }

    private Contest draft(Program program) {
        Instant now = now();
        return new Contest(
                ids.next(),
                program.id(),
                "",
                "",
                Metric.REFERRALS,
                now,
                now,
                config.graceHours(),
                USUAL_CLICKS,
                TieRule.SHARED,
                program.currency(),
                List.of(),
                Banner.NONE,
                null,
                null,
                null,
                0,
                now,
                now);
    }

    /** What is over cannot be announced; what has begun can, so that staff who are late for the first of a month still may. */
    private void refusePast(Contest made) {
        if (!made.endsAt().isAfter(clock.instant()))
            throw Problem.value("endsAt", "past", "A contest ends in the future");
    }

    private Uni<Void> refuseTooMany(SqlConnection tx, UUID program) {
        return repository
                .countOpen(tx, program)
                .invoke(count -> {
                    if (count >= MOST_OPEN)
                        throw new Problem(
                                ProblemKind.CONFLICT,
                                "A program has at most %d contests that are not over".formatted(MOST_OPEN));
                })
                .replaceWithVoid();
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ContestView.class, responseCode = "200")
    @Operation(operationId = "updateContest", summary = "Change a contest, as far as it has not begun")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ContestInput body) {
        ContestInput input = Params.body(body).asChange();
        UUID contest = contest(id);
        return changes.make(key, input, tx -> lock(tx, contest).chain(old -> {
            Contest changed = input.over(old, now());
            ContestInput.refuseUnfair(old, changed, now());
            return repository
                    .update(tx, changed)
                    .replaceWith(() -> Change.updated(TypeId.CONTEST, old.id(), view(old), view(changed)));
        }));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @Operation(operationId = "deleteContest", summary = "Delete a contest that has not begun")
    public Uni<Response> delete(@PathParam("id") String id) {
        UUID contest = contest(id);
        return changes.make(null, "", tx -> lock(tx, contest)
                .invoke(old -> {
                    if (old.status(now()) != ContestStatus.UPCOMING)
                        throw new Problem(ProblemKind.CONFLICT, "This contest has begun; cancel it instead");
                })
                .call(old -> repository.delete(tx, contest))
                .map(old -> Change.deleted(TypeId.CONTEST, contest, view(old))));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ContestView.class, responseCode = "200")
    @Operation(operationId = "cancelContest", summary = "End a contest without winners")
    public Uni<Response> cancel(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        UUID contest = contest(id);
        return changes.make(key, "", tx -> lock(tx, contest).chain(old -> {
            if (old.settledAt() != null || old.canceledAt() != null)
                throw new Problem(
                        ProblemKind.CONFLICT,
                        "This contest is %s already".formatted(old.status(now()).word()));
            Contest canceled = old.canceled(now());
            return repository
                    .update(tx, canceled)
                    .replaceWith(
                            () -> new Change("contest.cancel", TypeId.CONTEST, old.id(), view(old), view(canceled)));
        }));
    }

    private Uni<Contest> lock(SqlConnection tx, UUID contest) {
        return repository.lock(tx, contest).map(found -> found.orElseThrow(() -> Problem.notFound("Contest")));
    }

    private ContestView view(Contest contest) {
        return ContestView.of(contest, clock.instant());
    }

    private static UUID contest(String id) {
        return Params.path(id, TypeId.CONTEST, "Contest");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
