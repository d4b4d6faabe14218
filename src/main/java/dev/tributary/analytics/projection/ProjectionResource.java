package dev.tributary.analytics.projection;

import dev.tributary.access.Caller;
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

/** What the affiliate that asks is likely to earn. */
@Path("/api/affiliate/projection")
@Tag(name = "Dashboards")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class ProjectionResource {
    private final Projections projections;
    private final Subjects subjects;
    private final Transactions transactions;
    private final Caller caller;

    ProjectionResource(Projections projections, Subjects subjects, Transactions transactions, Caller caller) {
        this.projections = projections;
        this.subjects = subjects;
        this.transactions = transactions;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "getOwnProjection",
            summary = "What you are likely to earn this month and in the next three, and how sure that is")
    public Uni<ProjectionView> projection(@Context UriInfo uri) {
        Params.only(uri, Set.of(Subjects.PROGRAM));
        UUID program = Subjects.asked(uri);
        return caller.affiliate()
                .chain(me -> transactions.read(
                        c -> subjects.member(c, me, program).chain(subject -> projections.of(c, subject))));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Uni<String> csv(@Context UriInfo uri) {
        return projection(uri).map(view -> ProjectionView.CSV.whole(view.months()));
    }
}
