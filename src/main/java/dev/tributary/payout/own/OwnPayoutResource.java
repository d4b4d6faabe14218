package dev.tributary.payout.own;

import dev.tributary.access.Caller;
import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The payouts of the affiliate that asks. */
@Path("/api/affiliate/payouts")
@Tag(name = "Payouts")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class OwnPayoutResource {
    private static final Set<String> FILTERS = Set.of("programId", "status", "from", "to");

    private final OwnQueries queries;
    private final Breakdowns breakdowns;
    private final Transactions transactions;
    private final Caller caller;
    private final Lists lists;

    OwnPayoutResource(
            OwnQueries queries, Breakdowns breakdowns, Transactions transactions, Caller caller, Lists lists) {
        this.queries = queries;
        this.breakdowns = breakdowns;
        this.transactions = transactions;
        this.caller = caller;
        this.lists = lists;
    }

    @GET
    @Operation(operationId = "listOwnPayouts", summary = "List your payouts, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return caller.affiliate()
                .chain(me ->
                        lists.json(uri, FILTERS, source(uri, me), OwnPayoutView.Line::id, OwnPayoutView.Line::view));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return caller.affiliate()
                .onItem()
                .transformToMulti(
                        me -> lists.csv(uri, FILTERS, source(uri, me), OwnPayoutView.Line::id, OwnPayoutView.CSV));
    }

    private Source<OwnPayoutView.Line> source(UriInfo uri, UUID me) {
        OwnQueries.Filter filter = new OwnQueries.Filter(
                me,
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.oneOf(uri, "status", OwnPayoutView.STATUSES),
                Params.time(uri, "from"),
                Params.time(uri, "to"));
        return (before, limit) -> queries.list(before, limit, filter);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getOwnPayout", summary = "Read one of your payouts, with where each cent comes from")
    public Uni<OwnPayoutDetail> get(@PathParam("id") String id) {
        UUID payout = payout(id);
        return caller.affiliate().chain(me -> transactions.read(c -> detail(c, payout, me)));
    }

    @GET
    @Path("{id}")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> lines(@PathParam("id") String id) {
        UUID payout = payout(id);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> queries.get(c, payout, me)))
                .chain(found -> breakdowns.table(payout, found.gross()))
                .onItem()
                .transformToMulti(rows -> rows);
    }

    @GET
    @Path("{id}/receipt")
    @Produces("application/pdf")
    @Operation(operationId = "getPayoutReceipt", summary = "The receipt of a payout that arrived")
    public Uni<byte[]> receipt(@PathParam("id") String id) {
        UUID payout = payout(id);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> receipt(c, payout, me)))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(ReceiptPdf::write);
    }

    private Uni<Receipt> receipt(SqlConnection c, UUID payout, UUID me) {
        return detail(c, payout, me)
                .invoke(found -> {
                    if (found.payout().paidAt() == null)
                        throw new Problem(
                                ProblemKind.CONFLICT,
                                "A payout that is %s has no receipt"
                                        .formatted(found.payout().status()));
                })
                .chain(found -> queries.parties(c, payout)
                        .map(parties ->
                                new Receipt(found.payout(), TypeId.AFFILIATE.format(me), parties, found.breakdown())));
    }

    private Uni<OwnPayoutDetail> detail(SqlConnection c, UUID payout, UUID me) {
        return queries.get(c, payout, me).chain(found -> breakdowns
                .of(c, payout, found.gross())
                .map(breakdown -> new OwnPayoutDetail(found, breakdown)));
    }

    private static UUID payout(String id) {
        return Params.path(id, TypeId.PAYOUT, "Payout");
    }
}
