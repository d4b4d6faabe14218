package dev.tributary.analytics.export;

import dev.tributary.access.Caller;
import dev.tributary.analytics.figure.Subject;
import dev.tributary.analytics.figure.Subjects;
import dev.tributary.page.Params;
import dev.tributary.postgres.Transactions;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is an affiliate's own, row by row. */
@Path("/api/affiliate/exports")
@Tag(name = "Exports")
@RolesAllowed("affiliate")
class ExportResource {
    private final Exports exports;
    private final Subjects subjects;
    private final Transactions transactions;
    private final Caller caller;
    private final Clock clock;

    ExportResource(Exports exports, Subjects subjects, Transactions transactions, Caller caller, Clock clock) {
        this.exports = exports;
        this.subjects = subjects;
        this.transactions = transactions;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Path("{dataset}")
    @Produces("application/x-ndjson")
    @Operation(operationId = "exportOwnRows", summary = "Every row of yours, in the order in which they were stored")
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
        Params.only(uri, ExportAdminResource.PARAMETERS);
        Dataset dataset = Exports.named(OwnDatasets.ALL, word);
        UUID program = Subjects.asked(uri);
        return caller.affiliate()
                .chain(me -> transactions.read(c -> subjects.member(c, me, program)))
                .onItem()
                .transformToMulti(subject -> rows(subject, dataset, format, uri));
    }

    private Multi<String> rows(Subject subject, Dataset dataset, Format format, UriInfo uri) {
        Subject.Member me = subject.one().orElseThrow();
        return exports.stream(
                dataset,
                format,
                me.enrollmentId(),
                me.affiliateId(),
                Bounds.of(uri, dataset, subject.zone(), clock.instant()));
    }
}
