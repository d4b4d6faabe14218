package dev.tributary.program;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.page.Page;
import dev.tributary.page.Params;
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
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tiers of a program, for staff. */
@Path("/api/admin/programs/{programId}/tiers")
@Tag(name = "Tiers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class TierAdminResource {
    private final TierRepository repository;
    private final ProgramRepository programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Ids ids;
    private final Clock clock;

    TierAdminResource(
            TierRepository repository,
            ProgramRepository programs,
            Transactions transactions,
            Changes changes,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listTiers", summary = "List a program's tiers, from the lowest up")
    public Uni<Response> list(@PathParam("programId") String programId, @Context UriInfo uri) {
        Params.only(uri, Set.of());
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return transactions.read(c -> programs.get(c, program)
                .chain(found -> repository.of(c, program).map(tiers -> page(tiers, found))));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getTier", summary = "Read one tier")
    public Uni<TierView> get(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID tier = Params.path(id, TypeId.TIER, "Tier");
        return transactions.read(c -> programs.get(c, program)
                .chain(found -> find(c, program, tier).map(t -> TierView.of(t, found.currency()))));
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = TierView.class, responseCode = "201")
    @Operation(operationId = "createTier", summary = "Create a tier")
    public Uni<Response> create(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            TierInput body) {
        TierInput input = Params.body(body);
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        return changes.make(
                key,
                input,
                tx -> locked(
                        tx,
                        program,
                        (found, tiers) -> insert(tx, found, input.make(ids.next(), found, room(tiers), now()))));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = TierView.class, responseCode = "200")
    @Operation(operationId = "updateTier", summary = "Change a tier")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            @PathParam("id") String id,
            TierInput body) {
        TierInput input = Params.body(body);
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID tier = Params.path(id, TypeId.TIER, "Tier");
        return changes.make(
                key,
                input,
                tx -> locked(
                        tx,
                        program,
                        (found, tiers) ->
                                replace(tx, found, among(tiers, tier), input.over(among(tiers, tier), found, now()))));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @Operation(operationId = "deleteTier", summary = "Take a tier away")
    public Uni<Response> delete(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID program = Params.path(programId, TypeId.PROGRAM, "Program");
        UUID tier = Params.path(id, TypeId.TIER, "Tier");
        return changes.make(
                null, "", tx -> locked(tx, program, (found, tiers) -> remove(tx, found, among(tiers, tier))));
    }

    /** The work with the program, which is locked until the end, and all of its tiers. */
    private Uni<Change> locked(SqlConnection tx, UUID program, BiFunction<Program, List<Tier>, Uni<Change>> work) {
        return programs.lock(tx, program)
                .chain(found -> repository.of(tx, program).chain(tiers -> work.apply(found, tiers)));
    }

    private Uni<Change> insert(SqlConnection tx, Program program, Tier made) {
        return repository
                .insert(tx, made)
                .replaceWith(() -> Change.created(TypeId.TIER, made.id(), TierView.of(made, program.currency())));
    }

    private Uni<Change> replace(SqlConnection tx, Program program, Tier old, Tier changed) {
        String currency = program.currency();
        return repository
                .update(tx, changed)
                .replaceWith(() -> Change.updated(
                        TypeId.TIER, old.id(), TierView.of(old, currency), TierView.of(changed, currency)));
    }

    private Uni<Change> remove(SqlConnection tx, Program program, Tier old) {
        return repository
                .delete(tx, old.id())
                .replaceWith(() -> Change.deleted(TypeId.TIER, old.id(), TierView.of(old, program.currency())));
    }

    private Uni<Tier> find(SqlConnection c, UUID program, UUID tier) {
        return repository.find(c, program, tier).map(found -> found.orElseThrow(() -> Problem.notFound("Tier")));
    }

    private static Tier among(List<Tier> tiers, UUID id) {
        return tiers.stream()
                .filter(tier -> tier.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Tier"));
    }

    private static List<Tier> room(List<Tier> tiers) {
        if (tiers.size() >= Tier.MOST)
            throw new Problem(ProblemKind.CONFLICT, "A program has at most " + Tier.MOST + " tiers");
        return tiers;
    }

    private static Response page(List<Tier> tiers, Program program) {
        List<TierView> views =
                tiers.stream().map(t -> TierView.of(t, program.currency())).toList();
        return Response.ok(new Page<>(views, null)).build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
