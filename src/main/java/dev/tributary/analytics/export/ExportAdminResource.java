package dev.tributary.analytics.export;

import dev.tributary.access.Caller;
import dev.tributary.analytics.figure.Subjects;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import dev.tributary.problem.Problem;
import dev.tributary.problem.ProblemKind;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Everything that is stored of a program, row by row, for staff. */
@Path("/api/admin/exports")
@Tag(name = "Exports")
@RolesAllowed({"admin", "finance", "support"})
class ExportAdminResource {
    static final Set<String> PARAMETERS = Set.of(Subjects.PROGRAM, "from", "to", "after", "landedFrom");

    private final Exports exports;
    private final Subjects subjects;
    private final Transactions transactions;
    private final Caller caller;
    private final Clock clock;

    ExportAdminResource(Exports exports, Subjects subjects, Transactions transactions, Caller caller, Clock clock) {
        this.exports = exports;
        this.subjects = subjects;
        this.transactions = transactions;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Path("{dataset}")
    @Produces("application/x-ndjson")
    @Operation(operationId = "exportRows", summary = "Every row of a program, in the order in which they were stored")
    public Multi<Lines> json(@PathParam("dataset") String dataset, @Context UriInfo uri) {
        return stream(dataset, Format.NDJSON, uri).map(Lines::of);
    }

    @GET
    @Path("{dataset}")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> csv(@PathParam("dataset") String dataset, @Context UriInfo uri) {
        return stream(dataset, Format.CSV, uri);
    }

    private Multi<String> stream(String word, Format format, UriInfo uri) {
        Params.only(uri, PARAMETERS);
        Dataset dataset = Exports.named(StaffDatasets.ALL, word);
        if (Collections.disjoint(caller.roles(), dataset.roles()))
            throw new Problem(ProblemKind.FORBIDDEN, "Clicks are exported by admin and support");
        UUID program = Subjects.asked(uri);
        return transactions
                .read(c -> subjects.program(c, program))
                .onItem()
                .transformToMulti(subject -> exports.stream(
                        dataset,
                        format,
                        subject.programId(),
                        null,
                        Bounds.of(uri, dataset, subject.zone(), clock.instant())));
    }
}
