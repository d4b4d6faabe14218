package dev.tributary.analytics.projection;

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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a program's affiliates, or one of them, are likely to earn, for staff. */
@Path("/api/admin/projection")
@Tag(name = "Dashboards")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class ProjectionAdminResource {
    private final Projections projections;
    private final Subjects subjects;
    private final Transactions transactions;

    ProjectionAdminResource(Projections projections, Subjects subjects, Transactions transactions) {
        this.projections = projections;
        this.subjects = subjects;
        this.transactions = transactions;
    }

    @GET
    @Operation(
            operationId = "getProjection",
            summary = "What a program or one affiliate is likely to earn this month and in the next three")
    public Uni<ProjectionView> projection(@Context UriInfo uri) {
        Params.only(uri, Subjects.STAFF);
        UUID program = Subjects.asked(uri);
        UUID affiliate = Subjects.affiliate(uri);
        return transactions.read(c -> subjects.of(c, program, affiliate).chain(subject -> projections.of(c, subject)));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> csv(@Context UriInfo uri) {
        return projection(uri).map(view -> ProjectionView.CSV.whole(view.months()));
    }
}
