package dev.tributary.analytics.report;

import dev.tributary.access.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports of what the affiliate that asks has brought, and of nothing else. */
@Path("/api/affiliate/reports")
@Tag(name = "Statistics")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class ReportResource {
    private final Reports reports;
    private final Viewer mine;

    ReportResource(Reports reports, Grounds grounds, Caller caller) {
        this.reports = reports;
        mine = new Viewer(
                Set.of(Grounds.PROGRAM), uri -> caller.affiliate().chain(me -> grounds.forAffiliate(uri, me)));
    }

    @GET
    @Path("funnel")
    @Operation(operationId = "getFunnel", summary = "From your clicks to leads to sales to further sales")
    public Uni<FunnelReport> funnel(@Context UriInfo uri) {
        return reports.funnel(uri, mine);
    }

    @GET
    @Path("funnel")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> funnelCsv(@Context UriInfo uri) {
        return funnel(uri).map(report -> FunnelReport.CSV.whole(report.steps()));
    }

    @GET
    @Path("trends")
    @Operation(
            operationId = "getTrends",
            summary = "Your figures by hour, day, week or month, and against the time before")
    public Uni<TrendsReport> trends(@Context UriInfo uri) {
        return reports.trends(uri, mine);
    }

    @GET
    @Path("trends")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> trendsCsv(@Context UriInfo uri) {
        return trends(uri).map(report -> TrendsReport.CSV.whole(report.data()));
    }

    @GET
    @Path("top")
    @Operation(operationId = "getTop", summary = "Your links, source tags, codes, countries or devices that bring most")
    public Uni<TopReport> top(@Context UriInfo uri) {
        return reports.top(uri, mine, false);
    }

    @GET
    @Path("top")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> topCsv(@Context UriInfo uri) {
        return reports.top(uri, mine, true)
                .onItem()
                .transformToMulti(report -> Cells.stream(TopReport.CSV, report.data()));
    }

    @GET
    @Path("cohorts")
    @Operation(
            operationId = "getCohorts",
            summary = "What became of your customers by the month or week they signed up")
    public Uni<CohortReport> cohorts(@Context UriInfo uri) {
        return reports.cohorts(uri, mine);
    }

    @GET
    @Path("cohorts")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> cohortsCsv(@Context UriInfo uri) {
        return cohorts(uri).map(CohortReport::csv);
    }

    @GET
    @Path("payouts")
    @Operation(operationId = "getPayoutReport", summary = "Your payouts by size, state and rail")
    public Uni<PayoutsReport> payouts(@Context UriInfo uri) {
        return reports.payouts(uri, mine);
    }

    @GET
    @Path("payouts")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> payoutsCsv(@Context UriInfo uri) {
        return payouts(uri).map(PayoutsReport::csv);
    }
}
