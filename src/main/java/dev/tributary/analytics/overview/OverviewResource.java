package dev.tributary.analytics.overview;

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
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The overview of the affiliate that asks, on paper. */
@Path("/api/affiliate/reports/overview.pdf")
@Tag(name = "Reports")
@RolesAllowed("affiliate")
@Produces("application/pdf")
class OverviewResource {
    private static final Set<String> PARAMETERS = Set.of(Subjects.PROGRAM, "from", "to", "period");

    private final Overviews overviews;
    private final Subjects subjects;
    private final Transactions transactions;
    private final Caller caller;

    OverviewResource(Overviews overviews, Subjects subjects, Transactions transactions, Caller caller) {
        this.overviews = overviews;
        this.subjects = subjects;
        this.transactions = transactions;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "printOwnOverview", summary = "Your figures of a period with charts, for printing")
    public Uni<byte[]> print(@Context UriInfo uri) {
        Params.only(uri, PARAMETERS);
        UUID program = Subjects.asked(uri);
        Days.Asked days = Days.asked(uri);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> subjects.member(c, me, program)))
                .chain(subject -> overviews.pdf(subject, days));
    }
}
