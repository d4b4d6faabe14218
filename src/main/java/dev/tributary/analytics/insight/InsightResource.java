package dev.tributary.analytics.insight;

import dev.tributary.access.Caller;
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

/** What stands out in the figures of the affiliate that asks. */
@Path("/api/affiliate/insights")
@Tag(name = "Dashboards")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class InsightResource {
    private static final Set<String> PARAMETERS = Set.of(Subjects.PROGRAM, "from", "to", "period");

    private final Insights insights;
    private final Subjects subjects;
    private final Transactions transactions;
    private final Caller caller;

    InsightResource(Insights insights, Subjects subjects, Transactions transactions, Caller caller) {
        this.insights = insights;
        this.subjects = subjects;
        this.transactions = transactions;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listOwnInsights",
            summary = "What stands out in your figures, and by which rule it was found")
    public Uni<InsightsView> insights(@Context UriInfo uri) {
        Params.only(uri, PARAMETERS);
        UUID program = Subjects.asked(uri);
        Days.Asked days = Days.asked(uri);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> subjects.member(c, me, program)))
                .chain(subject -> insights.of(subject, days));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> csv(@Context UriInfo uri) {
        return insights(uri).map(view -> InsightsView.CSV.whole(view.data()));
    }
}
