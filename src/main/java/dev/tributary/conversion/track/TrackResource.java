package dev.tributary.conversion.track;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.access.KeyOwner;
import dev.tributary.conversion.Conversions;
import dev.tributary.conversion.Door;
import dev.tributary.conversion.Incoming;
import dev.tributary.conversion.IncomingRefund;
import dev.tributary.conversion.Outcome;
import dev.tributary.conversion.Reason;
import dev.tributary.conversion.RefundOutcome;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What merchants' servers tell: leads, sales and refunds, one as an object, many as an array or as lines. The program is the
 * key's.
 */
@Path("/api/track")
@Tag(name = "Conversions")
@RolesAllowed("track:write")
class TrackResource {
    static final String NDJSON = "application/x-ndjson";

    private final Conversions conversions;
    private final Idempotency idempotency;
    private final Caller caller;
    private final ObjectMapper mapper;
    private final Clock clock;

    TrackResource(Conversions conversions, Idempotency idempotency, Caller caller, ObjectMapper mapper, Clock clock) {
        this.conversions = conversions;
        this.idempotency = idempotency;
        this.caller = caller;
        this.mapper = mapper;
        this.clock = clock;
    }

    @POST
    @Path("lead")
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "trackLead", summary = "Tell that somebody signed up, or many at once")
    public Uni<Response> lead(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Context HttpHeaders headers,
            byte @Nullable [] body) {
        return events(key, headers, body, LeadInput.class);
    }

    @POST
    @Path("sale")
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "trackSale", summary = "Tell that somebody paid, or many at once")
    public Uni<Response> sale(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Context HttpHeaders headers,
            byte @Nullable [] body) {
        return events(key, headers, body, SaleInput.class);
    }

    @POST
    @Path("refund")
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "trackRefund", summary = "Tell that money went back or came again, or many at once")
    public Uni<Response> refund(
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Context HttpHeaders headers,
            byte @Nullable [] body) {
        UUID program = program();
        TrackBody told = read(headers, body);
        TrackRows<IncomingRefund> rows = TrackRows.of(
                told, row -> row.as(mapper, RefundInput.class).incoming(new EventFields(clock.instant()), program));
        return once(
                key,
                body,
                rows.good(),
                conversions::refund,
                conversions::refund,
                answers -> told.single() ? one(answers.get(0)) : many(rows.with(answers, TrackRow::of)));
    }

    private TrackBody read(HttpHeaders headers, byte @Nullable [] body) {
        // Without a type every operation matches; the body is what the address asks for first.
        MediaType type = headers.getMediaType();
        return type != null && type.getSubtype().equals("x-ndjson")
                ? TrackBody.lines(body, mapper)
                : TrackBody.json(body, mapper);
    }

    private Uni<Response> events(
            @Nullable String key, HttpHeaders headers, byte @Nullable [] body, Class<? extends EventInput> form) {
        UUID program = program();
        TrackBody told = read(headers, body);
        TrackRows<Incoming> rows = TrackRows.of(
                told, row -> row.as(mapper, form).incoming(new EventFields(clock.instant()), program, Door.API));
        return once(
                key,
                body,
                rows.good(),
                conversions::intake,
                conversions::intake,
                answers -> told.single() ? one(answers.get(0)) : many(rows.with(answers, TrackRow::of)));
    }

    /** Without a key it may share a transaction with others that come at the same moment. */
    private <T, A> Uni<Response> once(
            @Nullable String key,
            byte @Nullable [] body,
            List<T> good,
            Function<List<T>, Uni<List<A>>> together,
            InTransaction<T, A> alone,
            Function<List<A>, Response> answer) {
        if (key == null && good.isEmpty()) return Uni.createFrom().item(() -> answer.apply(List.of()));
        Uni<Response> answered = key == null
                ? together.apply(good).map(answer)
                : idempotency.run(
                        key, caller.method() + " " + caller.path(), body == null ? "" : body, tx -> alone.take(tx, good)
                                .map(answer));
        // Thrown only now: the rejected sale stays.
        return answered.invoke(response -> {
            if (response.getStatus() == ProblemKind.UNPROCESSABLE.status()) throw TrackProblems.otherCurrency();
        });
    }

    /** A door that is given the transaction. */
    private interface InTransaction<T, A> {
        Uni<List<A>> take(SqlConnection tx, List<T> told);
    }

    private static Response one(Outcome outcome) {
        if (outcome.repeat() == Outcome.Repeat.DIFFERENT) throw TrackProblems.taken(outcome.externalId());
        int status = outcome.reason() == Reason.CURRENCY_MISMATCH
                ? ProblemKind.UNPROCESSABLE.status()
                : outcome.repeat() == Outcome.Repeat.NEW ? 201 : 200;
        return Response.status(status).entity(OutcomeView.of(outcome)).build();
    }

    private static Response one(RefundOutcome outcome) {
        Problem refused = TrackProblems.of(outcome);
        if (refused != null) throw refused;
        RefundView view = RefundView.of(outcome);
        return Response.status(view.repeated() ? 200 : 201).entity(view).build();
    }

    private static Response many(List<TrackRow> rows) {
        return Response.ok(TrackBatch.of(rows)).build();
    }

    private UUID program() {
        return caller.keyOwner(KeyOwner.PROGRAM)
                .orElseThrow(() -> new Problem(ProblemKind.FORBIDDEN, "This needs a merchant's API key"));
    }
}
