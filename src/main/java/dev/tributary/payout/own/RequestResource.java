package dev.tributary.payout.own;

import dev.tributary.access.Caller;
import dev.tributary.access.Idempotency;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.payout.Requests;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.program.Programs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether the affiliate that asks is paid, and paying them because they ask. */
@Path("/api/affiliate/payouts")
@Tag(name = "Payouts")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class RequestResource {
    private static final String PROGRAM = "programId";

    private final Eligibility eligibility;
    private final Requests requests;
    private final OwnQueries queries;
    private final Programs programs;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Caller caller;

    RequestResource(
            Eligibility eligibility,
            Requests requests,
            OwnQueries queries,
            Programs programs,
            Transactions transactions,
            Idempotency idempotency,
            Caller caller) {
        this.eligibility = eligibility;
        this.requests = requests;
        this.queries = queries;
        this.programs = programs;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @GET
    @Path("eligibility")
    @Operation(
            operationId = "getPayoutEligibility",
            summary = "Whether and when you are paid, and every reason why you are not")
    public Uni<EligibilityView> eligibility(@Context UriInfo uri) {
        Params.only(uri, Set.of(PROGRAM));
        UUID program = Params.id(uri, PROGRAM, TypeId.PROGRAM);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> standing(c, me, program)))
                .map(Eligibility::view);
    }

    @POST
    @APIResponseSchema(value = OwnPayoutView.class, responseCode = "201")
    @Operation(operationId = "requestPayout", summary = "Ask for all that is available to you to be paid out now")
    public Uni<Response> request(@HeaderParam(Idempotency.HEADER) @Nullable String key, RequestInput body) {
        RequestInput input = Params.body(body);
        UUID program = input.program();
        String operation = caller.method() + " " + caller.path();
        return caller.affiliate()
                .chain(me -> idempotency.run(key, operation, input, tx -> standing(tx, me, program)
                        .chain(standing -> make(tx, me, standing))));
    }

    private Uni<Response> make(SqlConnection tx, UUID me, Eligibility.Standing standing) {
        refuse(Stream.concat(standing.bars().stream(), standing.againstAsking().stream())
                .toList());
        return requests.make(tx, standing.program().id(), standing.enrollment().id(), caller.id())
                .map(asked -> asked.payoutId().orElseThrow(() -> {
                    // somebody else was faster, such as a run
                    refuse(asked.seen().bars().stream().map(Reason::of).toList());
                    return new IllegalStateException("Nothing bars a payout that was not made");
                }))
                .chain(id -> queries.get(tx, id, me))
                .map(view -> Response.created(URI.create(caller.path() + "/" + view.id()))
                        .entity(view)
                        .build());
    }

    private static void refuse(List<Reason> reasons) {
        if (!reasons.isEmpty())
            throw new Problem(
                    ProblemKind.UNPROCESSABLE,
                    "You cannot be paid now",
                    reasons.stream().map(reason -> reason.at(PROGRAM)).toList());
    }

    private Uni<Eligibility.Standing> standing(SqlConnection c, UUID affiliate, @Nullable UUID program) {
        return programs.own(c, affiliate, program).chain(enrollment -> eligibility.of(c, enrollment));
    }
}
