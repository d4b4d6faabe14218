package dev.tributary.payout.tax;

import dev.tributary.audit.Audit;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was paid in a year, and the forms to file on it. */
@Path("/api/admin/tax")
@Tag(name = "Tax")
@RolesAllowed({"admin", "finance"})
@Produces(MediaType.APPLICATION_JSON)
class TaxYearAdminResource {
    private static final Set<String> PARAMETERS = Set.of("year", "programId");

    private final TaxYears years;
    private final Transactions transactions;
    private final Audit audit;

    TaxYearAdminResource(TaxYears years, Transactions transactions, Audit audit) {
        this.years = years;
        this.transactions = transactions;
        this.audit = audit;
    }

    @GET
    @Path("1099")
    @Operation(operationId = "getTaxYear", summary = "What was paid in a year, and the 1099-NEC forms to file on it")
    public Uni<TaxYearView> sums(@Context UriInfo uri) {
        return year(uri).chain(year -> years.lines(year)
                .map(lines -> TaxYearView.of(year, years.threshold(year.year()), lines)));
    }

    @GET
    @Path("1099")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> csv(@Context UriInfo uri) {
        return forms(uri, Multi.createFrom().item(NecRow.CSV.header()), NecRow.CSV::rows);
    }

    @GET
    @Path("1099")
    @Produces("application/x-ndjson;qs=0.4")
    @Operation(hidden = true)
    public Multi<Map<String, String>> lines(@Context UriInfo uri) {
        return forms(uri, Multi.createFrom().empty(), rows -> rows)
                .onItem()
                .<NecRow>disjoint()
                .map(TaxYearAdminResource::boxes);
    }

    @GET
    @Path("lines")
    @Operation(operationId = "listTaxLines", summary = "What each affiliate was paid in a year, and what becomes of it")
    public Multi<TaxLineView> all(@Context UriInfo uri) {
        return year(uri)
                .chain(years::lines)
                .onItem()
                .transformToMulti(lines -> Multi.createFrom().iterable(lines))
                .map(TaxLineView::of);
    }

    /** Before the first number leaves it is on record that they were taken out. */
    private <T> Multi<T> forms(UriInfo uri, Multi<T> head, Function<List<NecRow>, T> shown) {
        return year(uri)
                .chain(year -> years.payer(year.program().id()).chain(payer -> years.lines(year)
                        .call(lines -> record(year))
                        .map(lines -> years.rows(year, payer, lines))))
                .onItem()
                .transformToMulti(rows -> Multi.createBy().concatenating().streams(head, rows.map(shown)));
    }

    private Uni<Void> record(TaxYear year) {
        JsonObject taken = new JsonObject().put("year", year.year());
        return transactions.run(tx ->
                audit.record(tx, "tax.export", TypeId.PROGRAM, year.program().id(), null, taken));
    }

    /** The boxes by their names on the form. */
    private static Map<String, String> boxes(NecRow row) {
        Map<String, String> boxes = new LinkedHashMap<>();
        List<String> cells = NecRow.CSV.cells().apply(row);
        for (int i = 0; i < cells.size(); i++) boxes.put(NecRow.CSV.columns().get(i), cells.get(i));
        return boxes;
    }

    private Uni<TaxYear> year(UriInfo uri) {
        Params.only(uri, PARAMETERS);
        @Nullable UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        if (program == null) throw Problem.field("programId", "required", "programId is missing");
        @Nullable String year = uri.getQueryParameters().getFirst("year");
        if (year == null || !year.matches("20[0-9]{2}"))
            throw Problem.field("year", "malformed", "year is one such as 2026");
        return years.year(program, Integer.parseInt(year));
    }
}
