package dev.tributary.commission;

import static java.util.Objects.requireNonNull;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.Ids;
import dev.tributary.id.TypeId;
import dev.tributary.ledger.Entry;
import dev.tributary.ledger.Source;
import dev.tributary.money.Money;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Enrollment;
import dev.tributary.program.Program;
import dev.tributary.program.Programs;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Corrections by staff: one account proposes, another decides. */
@Path("/api/admin/adjustments")
@Tag(name = "Adjustments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class AdjustmentAdminResource {
    private static final Set<String> FILTERS = Set.of("programId", "affiliateId", "status");
    private static final List<String> STATUSES = List.of("proposed", "approved", "rejected");
    private static final int LONGEST_MEMO = 200;

    private final AdjustmentRepository repository;
    private final Posting posting;
    private final Programs programs;
    private final Changes changes;
    private final Caller caller;
    private final CommissionConfig config;
    private final Lists lists;
    private final Ids ids;
    private final Clock clock;

    AdjustmentAdminResource(
            AdjustmentRepository repository,
            Posting posting,
            Programs programs,
            Changes changes,
            Caller caller,
            CommissionConfig config,
            Lists lists,
            Ids ids,
            Clock clock) {
        this.repository = repository;
        this.posting = posting;
        this.programs = programs;
        this.changes = changes;
        this.caller = caller;
        this.config = config;
        this.lists = lists;
        this.ids = ids;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listAdjustments", summary = "List adjustments, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), Adjustment::id, AdjustmentView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), Adjustment::id, AdjustmentView.CSV.of(AdjustmentView::of));
    }

    private dev.tributary.page.Source<Adjustment> source(UriInfo uri) {
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        UUID affiliate = Params.id(uri, "affiliateId", TypeId.AFFILIATE);
        @Nullable String status = Params.oneOf(uri, "status", STATUSES);
        return (before, limit) -> repository.list(before, limit, program, affiliate, status);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getAdjustment", summary = "Read one adjustment")
    public Uni<AdjustmentView> get(@PathParam("id") String id) {
        return repository
                .find(adjustment(id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Adjustment")))
                .map(AdjustmentView::of);
    }

    @POST
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = AdjustmentView.class, responseCode = "201")
    @Operation(operationId = "proposeAdjustment", summary = "Propose to give or take money, with a reason")
    public Uni<Response> propose(@HeaderParam(Idempotency.HEADER) @Nullable String key, AdjustmentView.Input body) {
        AdjustmentView.Input input = Params.body(body).checked();
        UUID program = TypeId.PROGRAM.parse(requireNonNull(input.programId())).orElseThrow();
        UUID affiliate =
                TypeId.AFFILIATE.parse(requireNonNull(input.affiliateId())).orElseThrow();
        return changes.make(key, input, tx -> enrollment(tx, program, affiliate)
                .chain(enrollment ->
                        programs.find(tx, program).map(found -> draft(input, enrollment, found.orElseThrow())))
                .call(made -> repository.insert(tx, made))
                .map(made -> Change.created(TypeId.ADJUSTMENT, made.id(), AdjustmentView.of(made))));
    }

    private Uni<Enrollment> enrollment(SqlConnection tx, UUID program, UUID affiliate) {
        return programs.enrollment(tx, program, affiliate)
                .map(found -> found.orElseThrow(
                        () -> Problem.field("affiliateId", "not_enrolled", "This affiliate is not in this program")));
    }

    private Adjustment draft(AdjustmentView.Input input, Enrollment enrollment, Program program) {
        Money amount = requireNonNull(input.amount());
        if (!amount.currency().equals(program.currency()))
            throw Problem.value("amount.currency", "other_currency", "The program's currency is " + program.currency());
        return new Adjustment(
                ids.next(),
                enrollment.programId(),
                new Party.Member(enrollment.id(), enrollment.affiliateId()),
                amount.amount(),
                program.currency(),
                requireNonNull(input.reason()),
                Adjustment.State.PROPOSED,
                caller.id(),
                null,
                null,
                now());
    }

    @POST
    @Path("{id}/approve")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = AdjustmentView.class, responseCode = "200")
    @Operation(operationId = "approveAdjustment", summary = "Book an adjustment that somebody else proposed")
    public Uni<Response> approve(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        return decide(key, id, Adjustment.State.APPROVED);
    }

    @POST
    @Path("{id}/reject")
    @RolesAllowed({"admin", "finance"})
    @APIResponseSchema(value = AdjustmentView.class, responseCode = "200")
    @Operation(operationId = "rejectAdjustment", summary = "Drop an adjustment that was proposed")
    public Uni<Response> reject(@HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("id") String id) {
        return decide(key, id, Adjustment.State.REJECTED);
    }

    private Uni<Response> decide(@Nullable String key, String id, Adjustment.State as) {
        UUID adjustment = adjustment(id);
        return changes.make(key, "", tx -> repository
                .lock(tx, adjustment)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Adjustment")))
                .chain(old -> decide(tx, old, as)));
    }

    private Uni<Change> decide(SqlConnection tx, Adjustment old, Adjustment.State as) {
        if (old.status() != Adjustment.State.PROPOSED)
            throw new Problem(
                    ProblemKind.CONFLICT, "This adjustment is " + old.status().word() + " already");
        if (as == Adjustment.State.APPROVED && old.proposedBy().equals(caller.id()) && !config.selfApproval())
            throw new Problem(ProblemKind.FORBIDDEN, "Somebody else must approve what you proposed");
        Adjustment decided = old.decided(as, caller.id(), now());
        return repository
                .decide(tx, decided)
                .chain(() -> as == Adjustment.State.APPROVED
                        ? book(tx, decided)
                        : Uni.createFrom().voidItem())
                .replaceWith(() -> new Change(
                        "adjustment." + as.word(),
                        TypeId.ADJUSTMENT,
                        old.id(),
                        AdjustmentView.of(old),
                        AdjustmentView.of(decided)));
    }

    private Uni<Void> book(SqlConnection tx, Adjustment approved) {
        Instant now = now();
        Commission commission = approved.commission(ids.next(), now);
        String memo = approved.reason().substring(0, Math.min(approved.reason().length(), LONGEST_MEMO));
        Entry entry = Entry.adjust(
                new Source("commission", commission.id()), commission.purse(), approved.amountMinor(), now, memo);
        return posting.apply(tx, List.of(new Move(commission, true, List.of(entry))), Map.of(), approved.reason());
    }

    private static UUID adjustment(String id) {
        return Params.path(id, TypeId.ADJUSTMENT, "Adjustment");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
