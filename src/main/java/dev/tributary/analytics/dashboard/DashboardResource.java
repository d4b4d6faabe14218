package dev.tributary.analytics.dashboard;

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
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The dashboard of the affiliate that asks. */
@Path("/api/affiliate/dashboard")
@Tag(name = "Dashboards")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class DashboardResource {
    private static final Set<String> PARAMETERS = Set.of(Subjects.PROGRAM, "from", "to", "period");

    private final OwnDashboards dashboards;
    private final Subjects subjects;
    private final Transactions transactions;
    private final Caller caller;
    private final Clock clock;

    DashboardResource(
            OwnDashboards dashboards, Subjects subjects, Transactions transactions, Caller caller, Clock clock) {
        this.dashboards = dashboards;
        this.subjects = subjects;
        this.transactions = transactions;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getOwnDashboard",
            summary = "How you are doing: figures, earnings, tier, milestones, sources, links and the next payout")
    public Uni<AffiliateDashboard> dashboard(@Context UriInfo uri) {
        Params.only(uri, PARAMETERS);
        UUID program = Subjects.asked(uri);
        Days.Asked days = Days.asked(uri);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> subjects.member(c, me, program)
                        .chain(subject -> dashboards.of(c, subject, days.in(subject.zone(), clock.instant())))));
    }
}
