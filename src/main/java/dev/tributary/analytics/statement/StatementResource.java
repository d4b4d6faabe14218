package dev.tributary.analytics.statement;

import dev.tributary.access.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The statements of the affiliate that asks. */
@Path("/api/affiliate/statements")
@Tag(name = "Statements")
@RolesAllowed("affiliate")
@Produces(MediaType.APPLICATION_JSON)
class StatementResource {
    private final Statements statements;
    private final Caller caller;

    StatementResource(Statements statements, Caller caller) {
        this.statements = statements;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listOwnStatements", summary = "The months in which you were owed anything, newest first")
    public Uni<Response> list(@Context UriInfo uri) {
        return caller.affiliate().chain(me -> statements.list(me, uri));
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@Context UriInfo uri) {
        return caller.affiliate().onItem().transformToMulti(me -> statements.export(me, uri));
    }

    @GET
    @Path("{month}")
    @Operation(operationId = "getOwnStatement", summary = "One month: opening, movements, closing")
    public Uni<Statement> month(@PathParam("month") String month, @Context UriInfo uri) {
        return caller.affiliate().chain(me -> statements.month(me, month, uri));
    }

    @GET
    @Path("{month}")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> csv(@PathParam("month") String month, @Context UriInfo uri) {
        return caller.affiliate()
                .chain(me -> statements.csv(me, month, uri))
                .onItem()
                .transformToMulti(rows -> rows);
    }

    @GET
    @Path("{month}")
    @Produces("application/pdf;qs=0.4")
    @Operation(hidden = true)
    public Uni<byte[]> pdf(@PathParam("month") String month, @Context UriInfo uri) {
        return caller.affiliate().chain(me -> statements.pdf(me, month, uri));
    }
}
