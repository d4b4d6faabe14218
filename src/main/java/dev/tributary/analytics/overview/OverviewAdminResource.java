package dev.tributary.analytics.overview;

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
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The overview of a program or one affiliate, on paper, for staff. */
@Path("/api/admin/reports/overview.pdf")
@Tag(name = "Reports")
@RolesAllowed({"admin", "finance", "support"})
@Produces("application/pdf")
class OverviewAdminResource {
    private static final Set<String> PARAMETERS = Set.of(Subjects.PROGRAM, Subjects.AFFILIATE, "from", "to", "period");

    private final Overviews overviews;
    private final Subjects subjects;
    private final Transactions transactions;

    OverviewAdminResource(Overviews overviews, Subjects subjects, Transactions transactions) {
        this.overviews = overviews;
        this.subjects = subjects;
        this.transactions = transactions;
    }

    @GET
    @Operation(
            operationId = "printOverview",
            summary = "The figures of a program or one affiliate with charts, for printing")
    public Uni<byte[]> print(@Context UriInfo uri) {
        Params.only(uri, PARAMETERS);
        UUID program = Subjects.asked(uri);
        UUID affiliate = Subjects.affiliate(uri);
        Days.Asked days = Days.asked(uri);
        return transactions
                .read(c -> subjects.of(c, program, affiliate))
                .chain(subject -> overviews.pdf(subject, days));
    }
}
