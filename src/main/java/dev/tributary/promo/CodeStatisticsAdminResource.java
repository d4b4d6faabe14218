package dev.tributary.promo;

import dev.tributary.id.TypeId;
import dev.tributary.page.Csv;
import dev.tributary.page.Lists;
import dev.tributary.page.Page;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of discount codes, for staff. */
@Path("/api/admin/discount-codes")
@Tag(name = "Discount codes")
@Produces(MediaType.APPLICATION_JSON)
class CodeStatisticsAdminResource {
    private static final Set<String> ASKED = Set.of("programId", "affiliateId", "from", "to", "limit");
    private static final int MOST = 100;
    private static final int USUAL = 20;
    private static final Csv<CodeStatistics.Performance> CSV = new Csv<>(
            List.of(
                    "code",
                    "id",
                    "status",
                    "affiliateId",
                    "redemptions",
                    "customers",
                    "discountGiven",
                    "revenue",
                    "currency"),
            p -> List.of(
                    p.code(),
                    p.id(),
                    p.status().word(),
                    Objects.toString(p.affiliateId(), ""),
                    Long.toString(p.redemptions()),
                    Long.toString(p.customers()),
                    Long.toString(p.discountGiven().amount()),
                    Long.toString(p.revenue().amount()),
                    p.revenue().currency()));

    private final CodeStatistics statistics;
    private final CodeQueries codes;
    private final RedemptionRepository redemptions;
    private final Transactions transactions;
    private final Lists lists;
    private final Clock clock;

    CodeStatisticsAdminResource(
            CodeStatistics statistics,
            CodeQueries codes,
            RedemptionRepository redemptions,
            Transactions transactions,
            Lists lists,
            Clock clock) {
        this.statistics = statistics;
        this.codes = codes;
        this.redemptions = redemptions;
        this.transactions = transactions;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @Path("statistics")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "discountCodeTotals", summary = "A program's discount codes in figures")
    public Uni<CodeStatistics.Totals> totals(@Context UriInfo uri) {
        Params.only(uri, Set.of("programId"));
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        if (program == null) throw Problem.field("programId", "required", "programId is missing");
        return transactions
                .read(c -> statistics.totals(c, program, clock.instant()))
                .map(found -> found.stream().findFirst().orElseThrow(() -> Problem.notFound("Program")));
    }

    @GET
    @Path("performance")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "discountCodePerformance", summary = "The best-performing discount codes, best first")
    public Uni<Page<CodeStatistics.Performance>> best(@Context UriInfo uri) {
        return rows(uri).map(rows -> new Page<>(rows, null));
    }

    @GET
    @Path("performance")
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Uni<String> bestAsCsv(@Context UriInfo uri) {
        return rows(uri).map(CSV::whole);
    }

    private Uni<List<CodeStatistics.Performance>> rows(UriInfo uri) {
        Params.only(uri, ASKED);
        CodeStatistics.Asked asked = new CodeStatistics.Asked(
                Params.id(uri, "programId", TypeId.PROGRAM),
                Params.id(uri, "affiliateId", TypeId.AFFILIATE),
                null,
                Params.time(uri, "from"),
                Params.time(uri, "to"));
        int limit = limit(uri);
        return transactions.read(c -> statistics.best(c, asked, limit, clock.instant()));
    }

    /** How many are asked for. */
    static int limit(UriInfo uri) {
        String text = uri.getQueryParameters().getFirst("limit");
        if (text == null) return USUAL;
        int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST)
            throw Problem.field("limit", "out_of_range", "limit is a number from 1 to " + MOST);
        return limit;
    }

    @GET
    @Path("{id}/redemptions")
    @RolesAllowed({"admin", "support"})
    @Operation(operationId = "listRedemptions", summary = "List a code's redemptions, newest first")
    public Uni<Response> redemptions(@PathParam("id") String id, @Context UriInfo uri) {
        UUID code = Params.path(id, TypeId.DISCOUNT_CODE, "Discount code");
        return there(code)
                .chain(() ->
                        lists.json(uri, Set.of(), source(code), Redemption::id, r -> RedemptionView.of(r, Map.of())));
    }

    @GET
    @Path("{id}/redemptions")
    @Produces("text/csv;qs=0.5")
    @RolesAllowed({"admin", "support"})
    @Operation(hidden = true)
    public Multi<String> redemptionsAsCsv(@PathParam("id") String id, @Context UriInfo uri) {
        UUID code = Params.path(id, TypeId.DISCOUNT_CODE, "Discount code");
        return there(code)
                .onItem()
                .transformToMulti(found -> lists.csv(uri, Set.of(), source(code), Redemption::id, RedemptionCsv.ROWS));
    }

    private Uni<DiscountCode> there(UUID code) {
        return transactions
                .read(c -> codes.find(c, code))
                .map(found -> found.orElseThrow(() -> Problem.notFound("Discount code")));
    }

    private dev.tributary.page.Source<Redemption> source(UUID code) {
        return (before, limit) -> transactions.read(c -> redemptions.ofCode(c, code, before, limit));
    }
}
