package dev.tributary.promo;

import dev.tributary.access.Caller;
import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Page;
import dev.tributary.page.Params;
import dev.tributary.page.Source;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The discount codes of the affiliate that asks. */
@Path("/api/affiliate/discount-codes")
@Tag(name = "Discount codes")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class OwnDiscountCodeResource {
    private static final Set<String> FILTERS = Set.of("programId", "status");
    private static final List<String> STATUSES = List.of("active", "paused", "expired", "archived");
    private static final Csv<OwnDiscountCodeView> CSV = new Csv<>(
            List.of("code", "id", "programId", "status", "discountType", "discountValue", "uses", "expiresAt"),
            c -> List.of(
                    c.code(),
                    c.id(),
                    c.programId(),
                    c.status().word(),
                    c.discountType().word(),
                    Long.toString(c.discountValue()),
                    Integer.toString(c.uses()),
                    Objects.toString(c.expiresAt(), "")));

    private final CodeQueries queries;
    private final CodeStatistics statistics;
    private final Transactions transactions;
    private final Caller caller;
    private final Lists lists;
    private final Clock clock;

    OwnDiscountCodeResource(
            CodeQueries queries,
            CodeStatistics statistics,
            Transactions transactions,
            Caller caller,
            Lists lists,
            Clock clock) {
        this.queries = queries;
        this.statistics = statistics;
        this.transactions = transactions;
        this.caller = caller;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listOwnDiscountCodes", summary = "List your discount codes, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return caller.affiliate().chain(me -> lists.json(uri, FILTERS, source(uri, me), DiscountCode::id, this::view));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return caller.affiliate()
                .onItem()
                .transformToMulti(me -> lists.csv(uri, FILTERS, source(uri, me), DiscountCode::id, CSV.of(this::view)));
    }

    private Source<DiscountCode> source(UriInfo uri, UUID me) {
        CodeQueries.Filter filter = new CodeQueries.Filter(
                Params.id(uri, "programId", TypeId.PROGRAM), me, Params.oneOf(uri, "status", STATUSES), null, null);
        return (before, limit) -> queries.list(before, limit, filter, clock.instant());
    }

    private OwnDiscountCodeView view(DiscountCode code) {
        return OwnDiscountCodeView.of(code, clock.instant());
    }

    @GET
    @Path("performance")
    @Operation(operationId = "ownDiscountCodePerformance", summary = "Your best-performing discount codes, best first")
    public Uni<Page<CodeStatistics.Performance>> best(@Context UriInfo uri) {
        Params.only(uri, Set.of("programId", "from", "to", "limit"));
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        int limit = CodeStatisticsAdminResource.limit(uri);
        return caller.affiliate()
                .map(me ->
                        new CodeStatistics.Asked(program, me, null, Params.time(uri, "from"), Params.time(uri, "to")))
                .chain(asked -> transactions.read(c -> statistics.best(c, asked, limit, clock.instant())))
                .map(rows -> new Page<>(rows, null));
    }
}
