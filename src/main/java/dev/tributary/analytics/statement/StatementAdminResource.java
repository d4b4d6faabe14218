package dev.tributary.analytics.statement;

import dev.tributary.id.TypeId;
import dev.tributary.page.Params;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The statements of any affiliate, as they see them themselves. */
@Path("/api/admin/affiliates/{id}/statements")
@Tag(name = "Statements")
@RolesAllowed({"admin", "finance", "support"})
@Produces(MediaType.APPLICATION_JSON)
class StatementAdminResource {
    private final Statements statements;

    StatementAdminResource(Statements statements) {
        this.statements = statements;
    }

    @GET
    @Operation(
            operationId = "listStatements",
            summary = "The months in which an affiliate was owed anything, newest first")
    public Uni<Response> list(@PathParam("id") String id, @Context UriInfo uri) {
        return statements.list(affiliate(id), uri);
    }

    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> export(@PathParam("id") String id, @Context UriInfo uri) {
        return statements.export(affiliate(id), uri);
    }

    @GET
    @Path("{month}")
    @Operation(operationId = "getStatement", summary = "One month of an affiliate: opening, movements, closing")
    public Uni<Statement> month(@PathParam("id") String id, @PathParam("month") String month, @Context UriInfo uri) {
        return statements.month(affiliate(id), month, uri);
    }

    @GET
    @Path("{month}")
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public Multi<String> csv(@PathParam("id") String id, @PathParam("month") String month, @Context UriInfo uri) {
        return statements.csv(affiliate(id), month, uri).onItem().transformToMulti(rows -> rows);
    }

    @GET
    @Path("{month}")
    @Produces("application/pdf;qs=0.4")
    @Operation(hidden = true)
    public Uni<byte[]> pdf(@PathParam("id") String id, @PathParam("month") String month, @Context UriInfo uri) {
        return statements.pdf(affiliate(id), month, uri);
    }

    private static UUID affiliate(String id) {
        return Params.path(id, TypeId.AFFILIATE, "Affiliate");
    }
}
