package dev.tributary.commission;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.commission.rule.RuleKinds;
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

/** The commission rules of a program, for staff. A rule that is over is switched off, never deleted. */
@Path("/api/admin/programs/{programId}/commission-rules")
@Tag(name = "Commission rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class RuleAdminResource {
    /** All of them are read with every batch. */
    private static final int MOST = 200;

    private static final Set<String> FILTERS = Set.of("kind", "active");

    private final RuleRepository repository;
    private final RuleCsv csv;
    private final RuleKinds kinds;
    private final Programs programs;
    private final Transactions transactions;
    private final Changes changes;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    RuleAdminResource(
            RuleRepository repository,
            RuleCsv csv,
            RuleKinds kinds,
            Programs programs,
            Transactions transactions,
            Changes changes,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.csv = csv;
        this.kinds = kinds;
        this.programs = programs;
        this.transactions = transactions;
        this.changes = changes;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listCommissionRules", summary = "List a program's commission rules, newest first")
    public Uni<Response> list(@PathParam("programId") String programId, @Context UriInfo uri) {
        return transactions
                .read(c -> program(c, programId))
                .chain(program -> lists.json(
                        uri,
                        FILTERS,
                        source(program, uri),
                        StoredRule::id,
                        rule -> RuleView.of(rule, program.currency())));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@PathParam("programId") String programId, @Context UriInfo uri) {
        return transactions
                .read(c -> program(c, programId))
                .onItem()
                .transformToMulti(program ->
                        lists.csv(uri, FILTERS, source(program, uri), StoredRule::id, csv.in(program.currency())));
    }

    private Source<StoredRule> source(Program program, UriInfo uri) {
        @Nullable String kind = Params.oneOf(uri, "kind", kinds.words());
        @Nullable String active = Params.oneOf(uri, "active", List.of("true", "false"));
        return (before, limit) ->
                repository.list(before, limit, program.id(), kind, active == null ? null : Boolean.valueOf(active));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getCommissionRule", summary = "Read one commission rule")
    public Uni<RuleView> get(@PathParam("programId") String programId, @PathParam("id") String id) {
        UUID rule = rule(id);
        return transactions.read(c -> program(c, programId)).chain(program -> repository
                .find(program.id(), rule)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Commission rule")))
                .map(stored -> RuleView.of(stored, program.currency())));
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = RuleView.class, responseCode = "201")
    @Operation(operationId = "createCommissionRule", summary = "Add a commission rule to a program")
    public Uni<Response> create(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            RuleInput body) {
        RuleInput input = Params.body(body);
        return changes.make(key, input, tx -> program(tx, programId)
                .call(program -> refuseTooMany(tx, program))
                .chain(program -> {
                    StoredRule made = input.make(ids.next(), program, kinds, now());
                    return refuseStranger(tx, made)
                            .chain(() -> repository.add(tx, made))
                            .replaceWith(() -> Change.created(
                                    TypeId.COMMISSION_RULE, made.id(), RuleView.of(made, program.currency())));
                }));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("admin")
    @APIResponseSchema(value = RuleView.class, responseCode = "200")
    @Operation(operationId = "updateCommissionRule", summary = "Change a commission rule for conversions from now on")
    public Uni<Response> update(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @PathParam("programId") String programId,
            @PathParam("id") String id,
            RuleInput body) {
        RuleInput input = Params.body(body);
        UUID rule = rule(id);
        return changes.make(key, input, tx -> program(tx, programId).chain(program -> repository
                .lock(tx, program.id(), rule)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Commission rule")))
                .chain(old -> replace(tx, program, old, input.over(old, program, kinds, now())))));
    }

    private Uni<Change> replace(SqlConnection tx, Program program, StoredRule old, StoredRule next) {
        return repository
                .add(tx, next)
                .replaceWith(() -> Change.updated(
                        TypeId.COMMISSION_RULE,
                        old.id(),
                        RuleView.of(old, program.currency()),
                        RuleView.of(next, program.currency())));
    }

    private Uni<Void> refuseTooMany(SqlConnection tx, Program program) {
        return repository
                .count(tx, program.id())
                .invoke(count -> {
                    if (count >= MOST)
                        throw new Problem(
                                ProblemKind.CONFLICT, "A program has at most %d active rules".formatted(MOST));
                })
                .replaceWithVoid();
    }

    private Uni<Void> refuseStranger(SqlConnection tx, StoredRule made) {
        if (made.enrollmentId() == null) return Uni.createFrom().voidItem();
        return repository
                .enrolled(tx, made.enrollmentId(), made.programId())
                .invoke(enrolled -> {
                    if (!enrolled)
                        throw Problem.field("enrollmentId", "unknown", "This program has no such enrollment");
                })
                .replaceWithVoid();
    }

    private Uni<Program> program(SqlConnection c, String id) {
        return programs.get(c, Params.path(id, TypeId.PROGRAM, "Program"));
    }

    private static UUID rule(String id) {
        return Params.path(id, TypeId.COMMISSION_RULE, "Commission rule");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
