package dev.tributary.program;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Notifier;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Multi;
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
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The programs, for staff. */
@Path("/api/admin/programs")
@Tag(name = "Programs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ProgramAdminResource {
    private static final Set<String> FILTERS = Set.of("active", "slug");
    private static final Csv<Program> CSV = new Csv<>(
            List.of("id", "name", "slug", "landingUrl", "currency", "timeZone", "active", "createdAt"),
            p -> List.of(
                    TypeId.PROGRAM.format(p.id()),
                    p.name(),
                    p.slug(),
                    p.landingUrl(),
                    p.currency(),
                    p.timeZone(),
                    Boolean.toString(p.active()),
                    p.createdAt().toString()));

    private final ProgramRepository repository;
    private final Changes changes;
    private final Notifier notifier;
    private final Tracker tracker;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    ProgramAdminResource(
            ProgramRepository repository,
            Changes changes,
            Notifier notifier,
            Tracker tracker,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.changes = changes;
        this.notifier = notifier;
        this.tracker = tracker;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listPrograms", summary = "List programs, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), Program::id, ProgramView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), Program::id, CSV);
    }

    private Source<Program> source(UriInfo uri) {
        @Nullable String active = Params.oneOf(uri, "active", List.of("true", "false"));
        @Nullable String slug = uri.getQueryParameters().getFirst("slug");
        return (before, limit) -> repository.list(before, limit, active == null ? null : Boolean.valueOf(active), slug);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getProgram", summary = "Read one program")
    public Uni<ProgramView> get(@PathParam("id") String id) {
        return repository
                .find(Params.path(id, TypeId.PROGRAM, "Program"))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Program")))
                .map(ProgramView::of);
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = ProgramView.class, responseCode = "201")
    @Operation(operationId = "createProgram", summary = "Create a program")
    public Uni<Response> create(@HeaderParam(Idempotency.HEADER) @Nullable String key, ProgramInput body) {
        ProgramInput input = Params.body(body);
        Program made = input.make(ids.next(), now(), tracker.host());
        return changes.make(key, input, tx -> repository
                .insert(tx, made)
                .replaceWith(() -> Change.created(TypeId.PROGRAM, made.id(), ProgramView.of(made))));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = ProgramView.class, responseCode = "200")
    @Operation(operationId = "updateProgram", summary = "Change a program")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id, ProgramInput body) {
        ProgramInput input = Params.body(body);
        UUID program = Params.path(id, TypeId.PROGRAM, "Program");
        return changes.make(key, input, tx -> repository
                .lock(tx, program)
                .chain(old -> replace(tx, old, input.over(old, now(), tracker.host()))));
    }

    private Uni<Change> replace(SqlConnection tx, Program old, Program changed) {
        notifier.changedBy(tx, "links");
        return keepCurrency(tx, old, changed)
                .chain(() -> repository.update(tx, changed))
                .replaceWith(
                        () -> Change.updated(TypeId.PROGRAM, old.id(), ProgramView.of(old), ProgramView.of(changed)));
    }

    private Uni<Void> keepCurrency(SqlConnection tx, Program old, Program changed) {
        if (old.currency().equals(changed.currency())) return Uni.createFrom().voidItem();
        return repository
                .hasMoney(tx, old.id())
                .invoke(bound -> {
                    if (bound)
                        throw new Problem(
                                ProblemKind.CONFLICT, "The currency stays once a program has tiers or enrollments");
                })
                .replaceWithVoid();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
