package dev.tributary.conversion.admin;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.Kind;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.Redecided;
import dev.tributary.conversion.Shown;
import dev.tributary.conversion.Status;
import dev.tributary.conversion.StoredConversions;
import dev.tributary.conversion.track.ConversionInput;
import dev.tributary.conversion.track.EventFields;
import dev.tributary.conversion.track.TrackBatch;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
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

    private final StoredConversions stored;
    private final Conversions conversions;
    private final Programs programs;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Changes changes;
    private final Caller caller;
    private final Lists lists;
    private final Clock clock;

    ConversionAdminResource(
            StoredConversions stored,
            Conversions conversions,
            Programs programs,
            Transactions transactions,
            Idempotency idempotency,
            Changes changes,
            Caller caller,
            Lists lists,
            Clock clock) {
        this.stored = stored;
        this.conversions = conversions;
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
        StoredConversions.Filter filter = new StoredConversions.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                Params.oneOf(uri, "status", Status.values()),
                Params.oneOf(uri, "kind", Kind.values()),
                Params.oneOf(uri, "reason", Reason.values()),
                Params.line(uri, "externalId"),
                Params.line(uri, "customerExternalId"),
                Params.time(uri, "from"),
                Params.time(uri, "to"));
        return (before, limit) -> transactions.read(c -> stored.list(c, before, limit, filter));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "finance", "support"})
    @Operation(operationId = "getConversion", summary = "Read one conversion")
    public Uni<ConversionView> get(@PathParam("id") String id) {
        UUID conversion = Params.path(id, TypeId.CONVERSION, "Conversion");
        return transactions
                .read(c -> stored.find(c, conversion))
                .map(found -> ConversionView.of(found.orElseThrow(() -> Problem.notFound("Conversion"))));
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
                .chain(() -> conversions.intake(tx, events))
                .call(outcomes -> changes.record(tx, entered(outcomes.get(0), input)))
                .map(outcomes -> Response.ok(TrackBatch.ofOutcomes(outcomes)).build()));
    }

    /** One entry for all of them, at the first. */
    private static Change entered(Outcome first, ConversionInput input) {
        return new Change("conversion.enter", TypeId.CONVERSION, first.id(), null, input);
    }

    @POST
    @Path("decisions")
    @RolesAllowed("admin")
    @APIResponseSchema(value = DecidedView.class, responseCode = "200")
    @Operation(operationId = "decideConversions", summary = "Decide conversions once more")
    public Uni<Response> decide(@HeaderParam(Idempotency.HEADER) @Nullable String key, DecideInput body) {
        DecideInput input = Params.body(body);
        List<UUID> ids = input.conversions();
        UUID affiliate = input.affiliate();
        return idempotency.run(key, operation(), input, tx -> stored.again(tx, ids, affiliate)
                .invoke(decided -> {
                    if (decided.size() < ids.size()) throw Problem.notFound("Conversion");
                })
                .call(decided -> record(tx, decided))
                .map(decided -> Response.ok(DecidedView.of(decided)).build()));
    }

    private Uni<Void> record(SqlConnection tx, List<Redecided> decided) {
        return Multi.createFrom()
                .iterable(decided)
                .filter(one -> one.result() == Redecided.Result.CHANGED)
                .onItem()
                .transformToUniAndConcatenate(one -> changes.record(
                        tx,
                        new Change(
                                "conversion.decide",
                                TypeId.CONVERSION,
                                one.after().id(),
                                ConversionView.of(one.before()),
                                ConversionView.of(one.after()))))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private String operation() {
        return caller.method() + " " + caller.path();
    }
}
