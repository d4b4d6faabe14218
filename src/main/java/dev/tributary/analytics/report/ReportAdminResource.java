package dev.tributary.analytics.report;

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

/** Reports of a program, or of one affiliate in it, for staff. */
@Path("/api/admin/reports")
@Tag(name = "Reports")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class ReportAdminResource {
    private final Reports reports;
    /** Of a program alone. */
    private final Viewer program;
    /** Of a program, or of an affiliate's part of it. */
    private final Viewer part;

    ReportAdminResource(Reports reports, Grounds grounds) {
        this.reports = reports;
        program = new Viewer(Set.of(Grounds.PROGRAM), grounds::ofProgram);
        part = new Viewer(Set.of(Grounds.PROGRAM, Grounds.AFFILIATE), grounds::forStaff);
    }

    @GET
    @Path("performance")
    @Operation(operationId = "reportPerformance", summary = "A program's affiliates, ranked")
    public Uni<PerformanceReport> performance(@Context UriInfo uri) {
        return reports.performance(uri, program, false);
    }

    @GET
    @Path("performance")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> performanceCsv(@Context UriInfo uri) {
        return reports.performance(uri, program, true)
                .onItem()
                .transformToMulti(report -> Cells.stream(PerformanceReport.CSV, report.data()));
    }

    @GET
    @Path("funnel")
    @Operation(operationId = "reportFunnel", summary = "From click to lead to sale to the next sale")
    public Uni<FunnelReport> funnel(@Context UriInfo uri) {
        return reports.funnel(uri, part);
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
            operationId = "reportTrends",
            summary = "Figures by hour, day, week or month, and against the time before")
    public Uni<TrendsReport> trends(@Context UriInfo uri) {
        return reports.trends(uri, part);
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
    @Operation(
            operationId = "reportTop",
            summary = "The links, source tags, codes, countries or devices that bring most")
    public Uni<TopReport> top(@Context UriInfo uri) {
        return reports.top(uri, part, false);
    }

    @GET
    @Path("top")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> topCsv(@Context UriInfo uri) {
        return reports.top(uri, part, true)
                .onItem()
                .transformToMulti(report -> Cells.stream(TopReport.CSV, report.data()));
    }

    @GET
    @Path("cohorts")
    @Operation(operationId = "reportCohorts", summary = "What became of customers by the month or week they signed up")
    public Uni<CohortReport> cohorts(@Context UriInfo uri) {
        return reports.cohorts(uri, part);
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
    @Operation(operationId = "reportPayouts", summary = "Payouts by size, state and rail")
    public Uni<PayoutsReport> payouts(@Context UriInfo uri) {
        return reports.payouts(uri, part);
    }

    @GET
    @Path("payouts")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> payoutsCsv(@Context UriInfo uri) {
        return payouts(uri).map(PayoutsReport::csv);
    }
}
