package dev.tributary.promo.stripe;

import dev.tributary.access.Idempotency;
import dev.tributary.audit.Change;
import dev.tributary.audit.Changes;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import dev.tributary.promo.DiscountCodes;
import dev.tributary.stripe.StripeCalls;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How discount codes stand at Stripe, for staff. */
@Path("/api/admin/stripe-coupons")
@Tag(name = "Stripe")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class StripeCouponAdminResource {
    private static final Set<String> FILTERS = Set.of("state");
    private static final List<String> STATES = List.of("waiting", "synced", "local", "refused");
    private static final Csv<StripeCouponView> CSV = new Csv<>(StripeCouponView.COLUMNS, StripeCouponView::cells);

    private final StripeCouponQueries queries;
    private final StripeCouponRepository repository;
    private final DiscountCodes codes;
    private final StripeCalls stripe;
    private final SyncLoop loop;
    private final Transactions transactions;
    private final Changes changes;
    private final Lists lists;

    StripeCouponAdminResource(
            StripeCouponQueries queries,
            StripeCouponRepository repository,
            DiscountCodes codes,
            StripeCalls stripe,
            SyncLoop loop,
            Transactions transactions,
            Changes changes,
            Lists lists) {
        this.queries = queries;
        this.repository = repository;
        this.codes = codes;
        this.stripe = stripe;
        this.loop = loop;
        this.transactions = transactions;
        this.changes = changes;
        this.lists = lists;
    }

    @GET
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listStripeCoupons", summary = "List how discount codes stand at Stripe")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), StripeCouponView.Entry::id, StripeCouponView.Entry::view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), StripeCouponView.Entry::id, CSV.of(StripeCouponView.Entry::view));
    }

    private Source<StripeCouponView.Entry> source(UriInfo uri) {
        String state = Params.oneOf(uri, "state", STATES);
        return (before, limit) -> transactions.read(c -> queries.list(c, before, limit, state));
    }

    @GET
    @Path("{discountCodeId}")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "getStripeCoupon", summary = "Read how one discount code stands at Stripe")
    public Uni<StripeCouponView> get(@PathParam("discountCodeId") String id) {
        UUID code = Params.path(id, TypeId.DISCOUNT_CODE, "Discount code");
        return transactions
                .read(c -> queries.find(c, code))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Stripe coupon")));
    }

    @POST
    @Path("{discountCodeId}/sync")
    @RolesAllowed("admin")
    @Operation(operationId = "syncStripeCoupon", summary = "Bring a discount code to Stripe now")
    @APIResponseSchema(value = StripeCouponView.class, responseCode = "200")
    public Uni<Response> sync(
            @HeaderParam(Idempotency.HEADER) @Nullable String key, @PathParam("discountCodeId") String id) {
        UUID code = Params.path(id, TypeId.DISCOUNT_CODE, "Discount code");
        if (!stripe.configured())
            throw new Problem(ProblemKind.UNPROCESSABLE, "Stripe is not set up here: codes work here alone");
        return changes.make(key, id, tx -> ask(tx, code));
    }

    private Uni<Change> ask(SqlConnection tx, UUID code) {
        transactions.afterCommit(tx, loop::nudge);
        return codes.find(tx, code)
                .map(found -> found.orElseThrow(() -> Problem.notFound("Discount code")))
                .chain(found -> queries.find(tx, code))
                .call(before -> repository.ask(tx, List.of(code)))
                .chain(before -> queries.find(tx, code).map(after -> change(code, before, after)));
    }

    private static Change change(UUID code, Optional<StripeCouponView> before, Optional<StripeCouponView> after) {
        StripeCouponView now = after.orElseThrow();
        return new Change("discount_code.sync", TypeId.DISCOUNT_CODE, code, before.orElse(now), now);
    }
}
