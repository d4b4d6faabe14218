package dev.tributary.analytics.insight;

import dev.tributary.analytics.figure.Days;
import dev.tributary.analytics.figure.Subjects;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
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

/** What stands out in the figures of a program or one affiliate, for staff. */
@Path("/api/admin/insights")
@Tag(name = "Dashboards")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class InsightAdminResource {
    private static final Set<String> PARAMETERS = Set.of(Subjects.PROGRAM, Subjects.AFFILIATE, "from", "to", "period");

    private final Insights insights;
    private final Subjects subjects;
    private final Transactions transactions;

    InsightAdminResource(Insights insights, Subjects subjects, Transactions transactions) {
        this.insights = insights;
        this.subjects = subjects;
        this.transactions = transactions;
    }

    @GET
    @Operation(
            operationId = "listInsights",
            summary = "What stands out: best channels, notable changes, risks, each with its evidence")
    public Uni<InsightsView> insights(@Context UriInfo uri) {
        Params.only(uri, PARAMETERS);
        UUID program = Subjects.asked(uri);
        UUID affiliate = Subjects.affiliate(uri);
        Days.Asked days = Days.asked(uri);
        return transactions.read(c -> subjects.of(c, program, affiliate)).chain(subject -> insights.of(subject, days));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> csv(@Context UriInfo uri) {
        return insights(uri).map(view -> InsightsView.CSV.whole(view.data()));
    }
}
