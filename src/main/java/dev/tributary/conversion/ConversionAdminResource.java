package dev.tributary.conversion;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The conversions, for staff: read, entered by hand, decided once more. */
@Path("/api/admin/conversions")
@Tag(name = "Conversions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class ConversionAdminResource {
    private static final Set<String> FILTERS = Set.of(
            "programId", "affiliateId", "status", "kind", "reason", "externalId", "customerExternalId", "from", "to");

    private final ConversionRepository repository;
    private final Credits credits;
    private final Intake intake;
    private final Redecisions redecisions;
    private final Programs programs;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Changes changes;
    private final Caller caller;
    private final Lists lists;
    private final Clock clock;

    ConversionAdminResource(
            ConversionRepository repository,
            Credits credits,
            Intake intake,
            Redecisions redecisions,
            Programs programs,
            Transactions transactions,
            Idempotency idempotency,
            Changes changes,
            Caller caller,
            Lists lists,
            Clock clock) {
        this.repository = repository;
        this.credits = credits;
        this.intake = intake;
        this.redecisions = redecisions;
        this.programs = programs;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.changes = changes;
        this.caller = caller;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "listConversions", summary = "List conversions, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), Shown::id, ConversionView::of);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), Shown::id, ConversionView.CSV);
    }

    private Source<Shown> source(UriInfo uri) {
        ConversionRepository.Filter filter = new ConversionRepository.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.oneOf(uri, "status", words(Status.values())),
                Params.oneOf(uri, "kind", words(Kind.values())),
                Params.oneOf(uri, "reason", words(Reason.values())),
                Params.line(uri, "externalId"),
                Params.line(uri, "customerExternalId"),
                Params.time(uri, "from"),
                Params.time(uri, "to"));
        return (before, limit) -> transactions.read(
                c -> repository.list(c, before, limit, filter).chain(page -> Shown.of(c, credits, page)));
    }

    static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getConversion", summary = "Read one conversion")
    public Uni<ConversionView> get(@PathParam("id") String id) {
        UUID conversion = Params.path(id, TypeId.CONVERSION, "Conversion");
        return transactions.read(c -> repository
                .find(c, conversion)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Conversion")))
                .chain(found -> Shown.of(c, credits, List.of(found)))
                .map(shown -> ConversionView.of(shown.get(0))));
    }

    @POST
    @RolesAllowed("admin")
    @APIResponseSchema(value = TrackBatch.class, responseCode = "200")
    @Operation(operationId = "enterConversions", summary = "Enter conversions by hand")
    public Uni<Response> enter(@HeaderParam(Idempotency.HEADER) @Nullable String key, ConversionInput body) {
        ConversionInput input = Params.body(body);
        List<Incoming> events = input.incoming(new EventFields(clock.instant()), Door.STAFF);
        UUID program = events.get(0).programId();
        return idempotency.run(key, operation(), input, tx -> programs.find(tx, program)
                .map(found -> found.orElseThrow(ConversionInput::noProgram))
                .chain(() -> intake.take(tx, events))
                .call(outcomes -> changes.record(tx, entered(outcomes.get(0), input)))
                .map(outcomes -> {
                    TrackRow[] rows = new TrackRow[outcomes.size()];
                    Arrays.setAll(rows, i -> TrackRow.of(i + 1, outcomes.get(i)));
                    return Response.ok(TrackBatch.of(List.of(rows))).build();
                }));
    }

    /** One entry for all of them, at the first. */
    private static Change entered(Outcome first, ConversionInput input) {
        return new Change("conversion.enter", TypeId.CONVERSION, first.id(), null, input);
    }

    @POST
    @Path("decide")
    @RolesAllowed("admin")
    @APIResponseSchema(value = DecidedView.class, responseCode = "200")
    @Operation(operationId = "decideConversions", summary = "Decide conversions once more")
    public Uni<Response> decide(@HeaderParam(Idempotency.HEADER) @Nullable String key, DecideInput body) {
        DecideInput input = Params.body(body);
        List<UUID> ids = input.conversions();
        UUID affiliate = input.affiliate();
        return idempotency.run(key, operation(), input, tx -> repository
                .lock(tx, ids)
                .invoke(found -> {
                    if (found.size() < ids.size()) throw Problem.notFound("Conversion");
                })
                .chain(before -> redecisions.again(tx, ids, affiliate).chain(result -> shown(tx, ids)
                        .call(after -> record(tx, before, after, result))
                        .map(after -> Response.ok(answer(after, result)).build()))));
    }

    private Uni<List<Shown>> shown(SqlConnection tx, List<UUID> ids) {
        return repository.lock(tx, ids).chain(found -> Shown.of(tx, credits, found));
    }

    private Uni<Void> record(SqlConnection tx, List<Conversion> before, List<Shown> after, Redecisions.Result result) {
        Set<UUID> changed = result.changed().stream().map(Draft::id).collect(Collectors.toSet());
        var old = before.stream().collect(Collectors.toMap(Conversion::id, c -> c));
        return Multi.createFrom()
                .iterable(after)
                .filter(shown -> changed.contains(shown.id()))
                .onItem()
                .transformToUniAndConcatenate(shown -> changes.record(
                        tx,
                        new Change(
                                "conversion.decide",
                                TypeId.CONVERSION,
                                shown.id(),
                                ConversionView.of(new Shown(old.get(shown.id()), List.of())),
                                ConversionView.of(shown))))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static DecidedView answer(List<Shown> after, Redecisions.Result result) {
        Set<UUID> changed = result.changed().stream().map(Draft::id).collect(Collectors.toSet());
        return new DecidedView(after.stream()
                .map(shown -> new DecidedView.Row(
                        result.frozen().contains(shown.id())
                                ? "frozen"
                                : changed.contains(shown.id()) ? "changed" : "unchanged",
                        ConversionView.of(shown)))
                .toList());
    }

    private String operation() {
        return caller.method() + " " + caller.path();
    }
}
