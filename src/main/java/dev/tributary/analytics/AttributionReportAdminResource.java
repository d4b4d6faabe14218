package dev.tributary.analytics;

import dev.tributary.analytics.figure.KeptReports;
import dev.tributary.conversion.attribution.Attributions;
import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
import dev.tributary.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who would be credited by which model, for staff who choose one. */
@Path("/api/admin/reports/attribution")
@Tag(name = "Reports")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class AttributionReportAdminResource {
    private static final Set<String> PARAMETERS = Set.of("programId", "from", "to", "limit");

    private final AttributionReportQueries queries;
    private final KeptReports kept;
    private final Attributions attributions;

    AttributionReportAdminResource(AttributionReportQueries queries, KeptReports kept, Attributions attributions) {
        this.queries = queries;
        this.kept = kept;
        this.attributions = attributions;
    }

    @GET
    @Operation(
            operationId = "reportAttribution",
            summary = "What each attribution model gives to each affiliate, side by side")
    public Uni<AttributionReport> report(@Context UriInfo uri) {
        return ask(uri, Asked.limit(uri, GroupBy.LINK));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> export(@Context UriInfo uri) {
        return ask(uri, Asked.MOST_ROWS_CSV).map(report -> AttributionReport.csv(report, attributions.models()));
    }

    private Uni<AttributionReport> ask(UriInfo uri, int limit) {
        Params.only(uri, PARAMETERS);
        UUID program = Params.id(uri, "programId", TypeId.PROGRAM);
        if (program == null)
            throw Problem.field("programId", "required", "programId is needed: amounts of two currencies have no sum");
        Period period = Period.of(uri);
        return kept.get(
                "attribution:%s:%s:%d".formatted(program, period, limit), AttributionReport.class, () -> queries.ask(
                                program, period, limit)
                        .map(found -> found.orElseThrow(() -> Problem.notFound("Program"))));
    }
}
