package dev.tributary.payout.tax;

import dev.tributary.id.TypeId;
import dev.tributary.page.Lists;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who has given which tax form, and who none. */
@Path("/api/admin/tax-forms")
@Tag(name = "Tax")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class PapersAdminResource {
    private static final Set<String> FILTERS = Set.of("status", "country", "programId");

    private final PapersQueries queries;
    private final Transactions transactions;
    private final Lists lists;
    private final Clock clock;

    PapersAdminResource(PapersQueries queries, Transactions transactions, Lists lists, Clock clock) {
        this.queries = queries;
        this.transactions = transactions;
        this.lists = lists;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listTaxForms", summary = "Who has given which tax form, and who none")
    public Uni<Response> list(@Context UriInfo uri) {
        return lists.json(uri, FILTERS, source(uri), PapersRow::affiliateId, PapersRow::view);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return lists.csv(uri, FILTERS, source(uri), PapersRow::affiliateId, PapersRow.CSV);
    }

    private Source<PapersRow> source(UriInfo uri) {
        PapersQueries.Filter filter = new PapersQueries.Filter(
                Params.oneOf(uri, "status", List.of("missing", "submitted", "verified", "expired")),
                Params.line(uri, "country"),
                Params.id(uri, "programId", TypeId.PROGRAM));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return (before, limit) -> transactions.read(c -> queries.list(c, before, limit, today, filter));
    }
}
