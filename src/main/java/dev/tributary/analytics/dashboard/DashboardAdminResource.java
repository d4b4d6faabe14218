package dev.tributary.analytics.dashboard;

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

/** The dashboard of a program, for staff. */
@Path("/api/admin/dashboard")
@Tag(name = "Dashboards")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class DashboardAdminResource {
    private static final Set<String> PARAMETERS = Set.of(Subjects.PROGRAM, "from", "to", "period");

    private final AdminDashboards dashboards;
    private final Subjects subjects;
    private final Transactions transactions;
    private final Clock clock;

    DashboardAdminResource(AdminDashboards dashboards, Subjects subjects, Transactions transactions, Clock clock) {
        this.dashboards = dashboards;
        this.subjects = subjects;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getDashboard",
            summary =
                    "How a program does: figures, top affiliates, conversions by day, payouts, and what needs a person")
    public Uni<AdminDashboard> dashboard(@Context UriInfo uri) {
        Params.only(uri, PARAMETERS);
        UUID program = Subjects.asked(uri);
        Days.Asked days = Days.asked(uri);
        return transactions
                .read(c -> subjects.program(c, program))
                .chain(subject -> dashboards.of(subject, days.in(subject.zone(), clock.instant())));
    }
}
